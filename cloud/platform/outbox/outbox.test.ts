import { testEngines } from '../postgres/db.testing.ts'
import { outboxContract } from './outbox.contract.ts'
import { outboxTakingContract } from './outbox.taking.contract.ts'

for (const engine of await testEngines()) {
  outboxContract(engine)
  outboxTakingContract(engine)
}
