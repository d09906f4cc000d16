import { toCurl } from '@/lib/curl';
import type { Exchange } from '@/lib/types';
import { CopyButton } from './copy-button';

/** The request as a command; what did not go over HTTP has none. */
export function CopyCurl({ request }: { request: Exchange['request'] }) {
  if (!request.url.startsWith('http')) return null;
  return <CopyButton text={toCurl(request)} label="Copy as curl" showLabel />;
}
