import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readConfig } from './config.ts';
import { DataStack } from './data-stack.ts';
import { InboundMailStack } from './inbound-mail-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { WorkerStack } from './worker-stack.ts';

interface Deployment {
  data: DataStack;
  service: ServiceStack;
  workers: WorkerStack;
  inbound?: InboundMailStack;
}

/** The whole deployment of one stage: `cdk deploy --all -c stage=dev`. */
export function deployment(app: App): Deployment {
  const config = readConfig({
    stage: app.node.tryGetContext('stage'),
    publicUrl: app.node.tryGetContext('publicUrl'),
    siteOrigin: app.node.tryGetContext('siteOrigin'),
    briefPeriod: app.node.tryGetContext('briefPeriod'),
    textNumber: app.node.tryGetContext('textNumber'),
  });
  const { stage, inboundMail } = config.settings;
  const data = new DataStack(app, `heed-${stage}-data`, { config });
  const service = new ServiceStack(app, `heed-${stage}-service`, { config, data });
  const workers = new WorkerStack(app, `heed-${stage}-workers`, { config, data, service });
  const inbound = inboundMail && new InboundMailStack(app, `heed-${stage}-inbound-mail`, { inboundMail, data });
  Tags.of(app).add('application', 'heed');
  Tags.of(app).add('stage', stage);
  return { data, service, workers, ...(inbound && { inbound }) };
}

if (import.meta.main) {
  const app = new App();
  deployment(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
