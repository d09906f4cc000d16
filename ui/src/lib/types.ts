/** Short names for the API's shapes; they are generated and never written by hand. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Run = Schemas['RunDetail'];
export type RunRow = Schemas['RunSummary'];
export type Entry = Schemas['Entry'];
export type Exchange = Schemas['Exchange'];
export type Flow = Schemas['Flow'];
export type FlowRow = Schemas['FlowSummary'];
export type FlowVersion = Schemas['FlowVersion'];
export type FlowChange = Schemas['FlowChange'];
export type FlowDocument = Flow['document'];
export type Alert = Schemas['Alert'];
export type Paused = Schemas['Paused'];
export type Notify = Schemas['NotifyShown'];
export type Call = Schemas['CallDetail'];
export type CallRow = Schemas['CallSummary'];
export type Snapshot = Schemas['Call'];
export type EventRow = Schemas['EventSummary'];
export type Destination = Schemas['Destination'];
export type Endpoint = Schemas['Endpoint'];
export type Link = Schemas['Link'];
export type AuthField = Schemas['AuthField'];
export type Key = Schemas['Key'];
export type Scope = Schemas['Scope'];
export type Secret = Schemas['Secret'];
export type Connection = Schemas['Connection'];
export type ConnectionKind = Schemas['ConnectionKind'];
export type Stats = Schemas['Stats'];
export type Action = Schemas['Action'];
export type ActionField = Schemas['ActionField'];
export type EventKind = Schemas['EventKind'];
export type Condition = Schemas['Condition'];
export type Variable = Schemas['Variable'];
export type FlowTest = Schemas['FlowTest'];
export type FlowReport = Schemas['FlowReport'];
export type TestedStep = Schemas['TestedStep'];
