export type Intent = 'opt-out' | 'erasure' | 'access' | 'objection' | 'complaint';
export interface Understanding {
  intents: readonly Intent[];
  isSure: boolean;
  language?: string;
}
export function understandText(_: { subject: string; body: string }): Understanding {
  return { intents: [], isSure: false };
}
