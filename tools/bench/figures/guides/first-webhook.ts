import { followSetUp } from '../../../guides/set-up.testing.ts'
import { against, type Measure } from '../../figure.ts'

/** Ten minutes, of which a reader needs all but these seconds: the guide's own commands on a real cloud. */
const limitSeconds = 600

export const measure: Measure = async () => {
  const { keyToWebhookMs } = await followSetUp()
  return [against('first-webhook', keyToWebhookMs / 1_000, 's', limitSeconds)]
}
