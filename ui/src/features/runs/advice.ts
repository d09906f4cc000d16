const byCode: Record<string, string> = {
  timeout:
    'The receiver did not answer in time. Raise timeout_s of the step, or look at why it is slow: the Timing tab says where the time went.',
  connect: 'Nobody listens at that address, or a firewall is in between.',
  dns: 'The host name could not be looked up. Check it for a typing error.',
  tls: 'The receiver’s certificate was not accepted, or it speaks no TLS at this port.',
  reset: 'The receiver closed the connection before it had answered.',
  blocked:
    'The address is not public, so it was refused. An admin can open it under Settings, Network, unless whoever runs the server forbids that; link-local addresses and those of metadata services stay shut.',
  connection_missing: 'Make the connection or name it in the step, then replay from this step.',
  sign_in: 'Correct the connection under Connections and test it there, then replay from this step.',
  mail_refused: 'The mail server says why in the response. Correct the sender, the recipients or the mail.',
  model_refused:
    'The model will not answer this. Look at the question in the request, or give a fallback model.',
  model_truncated: 'The answer was cut off. Raise max_tokens of the step, or ask for less.',
  model_answer:
    'The answer does not fit the schema, also when the model was told why. Make the schema simpler, or take another model.',
  unknown_result: 'Nobody knows whether it was done. Look at the receiver before you replay from this step.',
  template: 'A value could not be rendered. Look at the path it names, then replay from this step.',
  output_too_large: 'The answer is larger than what a later step may read.',
};

/** What to do about an attempt that failed. */
export function adviceFor(code: string, status: number | null | undefined): string | undefined {
  if (byCode[code]) return byCode[code];
  if (status === 401 || status === 403)
    return 'The receiver refused the credentials. Check the secret or the connection, then replay from this step.';
  if (status === 404 || status === 405)
    return 'The receiver does not know this address or method. Check the URL of the step.';
  if (status === 410) return 'The receiver says it will never want this again.';
  if (status === 429) return 'The receiver is asked too often; its Retry-After is honoured.';
  if (status && status >= 500) return 'The receiver has trouble of its own. Such answers are tried again.';
  if (status && status >= 400)
    return 'The receiver refused this request. Compare the request with what it expects; its answer often says why.';
  return undefined;
}
