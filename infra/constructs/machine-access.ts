import { Aws } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer, HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import {
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  type UserPoolResourceServer,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { OAUTH_SCOPES, OUTPUT, RESOURCE_SERVER, type OAuthScope as ScopeOfHeed } from '../../shared/names.ts';
import type { StageConfig } from '../config.ts';
import { acknowledge } from './acknowledge.ts';

/** Who may call the machine routes, and how a scope is written in their tokens. */
export interface MachineAccess {
  authorizer: IHttpRouteAuthorizer;
  onTheWire: (scope: ScopeOfHeed) => string;
  /** What a deployer must know to get a token. */
  outputs: Readonly<Record<string, string>>;
}

/** Machine access by the stage's choice of issuer. */
export function machineAccess(
  scope: Construct,
  { auth, stage }: { auth: StageConfig['auth']; stage: string },
): MachineAccess {
  if (auth.kind === 'cognito') return new MachinePool(scope, 'MachinePool', { stage });
  const { issuer, audience } = auth;
  return {
    authorizer: new HttpJwtAuthorizer('Issuer', issuer, { jwtAudience: [audience] }),
    onTheWire: (name) => name,
    outputs: {},
  };
}

/** A user pool without users: it issues tokens to machines that show a client secret. */
class MachinePool extends Construct implements MachineAccess {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id);
    const pool = this.#makePool();
    const client = addClient(pool);
    // Prefixes are shared by all accounts of a region.
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `heed-${stage}-${Aws.ACCOUNT_ID}` } });
    this.authorizer = new HttpUserPoolAuthorizer('Machines', pool, { userPoolClients: [client] });
    this.outputs = {
      [OUTPUT.userPoolId]: pool.userPoolId,
      [OUTPUT.userPoolClientId]: client.userPoolClientId,
      [OUTPUT.tokenUrl]: `${domain.baseUrl()}/oauth2/token`,
    };
  }

  onTheWire(scope: ScopeOfHeed): string {
    return `${RESOURCE_SERVER}/${scope}`;
  }

  #makePool(): UserPool {
    const pool = new UserPool(this, 'Pool', {
      selfSignUpEnabled: false,
      featurePlan: FeaturePlan.ESSENTIALS,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 16,
        requireDigits: true,
        requireLowercase: true,
        requireSymbols: true,
        requireUppercase: true,
      },
    });
    acknowledge(pool, 'COG8', 'The Plus plan guards sign-ins of people; this pool has machine clients only.');
    return pool;
  }
}

function addClient(pool: UserPool): UserPoolClient {
  const scopes = Object.entries(OAUTH_SCOPES).map(
    ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
  );
  const server: UserPoolResourceServer = pool.addResourceServer('ResourceServer', {
    identifier: RESOURCE_SERVER,
    scopes,
  });
  return pool.addClient('Sender', {
    generateSecret: true,
    authFlows: {},
    oAuth: {
      flows: { clientCredentials: true },
      scopes: scopes.map((scope) => OAuthScope.resourceServer(server, scope)),
    },
  });
}
