const FACTORS: Readonly<Record<string, number>> = {
  m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50,
};

/** A Kubernetes quantity as a plain number: cores, bytes or pieces. Throws on something that is not one. */
export function quantity(text: string): number {
  const [, digits, suffix] = /^([0-9.]+)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = suffix === undefined ? undefined : FACTORS[suffix];
  if (digits === undefined || factor === undefined) throw new Error(`Not a quantity: ${text}`);
  return Number(digits) * factor;
}

/** Writes cores (`cpu`) in millicores and everything else in the unit Kubernetes would choose. */
export function quantityText(resource: string, value: number): string {
  if (resource.endsWith('cpu')) return Number.isInteger(value) ? String(value) : `${String(Math.round(value * 1000))}m`;
  for (const unit of ['Gi', 'Mi', 'Ki'] as const) {
    const factor = FACTORS[unit] ?? 1;
    if (resource.endsWith('memory') && value >= factor && value % factor === 0) return `${String(value / factor)}${unit}`;
  }
  return String(value);
}
