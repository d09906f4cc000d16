import { describe, expect, it } from 'vitest';
import { ApiProblem } from '@/lib/problem';
import { isOvertaken, saveOver } from './known';

/** A server that keeps one value at a version, and refuses to save over another one. */
function server(value: string, version: number) {
  return {
    read: async () => ({ value, etag: `"${version}"` }),
    save: (next: string) => async (etag: string) => {
      if (etag !== `"${version}"`) throw new ApiProblem(412, 'version_conflict', 'somebody was faster');
      value = next;
      version += 1;
      return value;
    },
  };
}

describe('saving over what is known', () => {
  it('saves where only the version has changed since', async () => {
    const { read, save } = server('ours', 7);
    for (const etag of ['"7"', '"3"']) {
      const known = { value: 'ours', etag };
      expect(await saveOver({ known, read, put: save('ours') })).toBe('ours');
    }
  });

  it('overwrites nothing that was not seen', async () => {
    const { read, save } = server('theirs', 7);
    const known = { value: 'ours', etag: '"3"' };
    const saved = saveOver({ known, read, put: save('mine') });
    await expect(saved).rejects.toSatisfy(isOvertaken);
    expect((await read()).value).toBe('theirs');
  });

  it('passes on what else is wrong', async () => {
    const known = { value: 'ours', etag: '"3"' };
    const put = async () => Promise.reject(new ApiProblem(422, 'invalid_request', 'no'));
    const read = async () => known;
    await expect(saveOver({ known, read, put })).rejects.toMatchObject({ status: 422 });
  });
});
