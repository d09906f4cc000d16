/** Short names for the API's shapes; they are generated and never written by hand. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type Run = Schemas['Run'];
export type RunRow = Schemas['RunSummary'];
export type Entry = Schemas['Entry'];
export type Exchange = Schemas['Exchange'];
export type Flow = Schemas['FlowSummary'];
export type Call = Schemas['Call'];
export type CallRow = Schemas['CallSummary'];
export type Endpoint = Schemas['Endpoint'];
export type Key = Schemas['Key'];
export type Secret = Schemas['Secret'];
