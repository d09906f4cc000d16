export function mock() {
  return { name: 'mock' };
}
