import { Stack } from 'aws-cdk-lib';
import { type Settings, textOptOutList } from '../../shared/settings.ts';
import type { HeedFunction } from './heed-function.ts';

/** AWS's own opt-out list of the stage's numbers. It is made outside of this app, as the numbers are; nobody may take anything off it. */
export function allowTextOptOutList(
  who: HeedFunction,
  texts: NonNullable<Settings['texts']>,
  action: 'DescribeOptedOutNumbers' | 'PutOptedOutNumber',
): void {
  const resourceName = textOptOutList(texts);
  const list = Stack.of(who).formatArn({ service: 'sms-voice', resource: 'opt-out-list', resourceName });
  who.allow({ actions: [`sms-voice:${action}`], resources: [list] });
}
