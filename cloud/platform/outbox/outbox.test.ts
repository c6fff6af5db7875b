import { testEngines } from '../postgres/db.testing.ts'
import { outboxContract } from './outbox.contract.ts'

for (const engine of await testEngines()) outboxContract(engine)
