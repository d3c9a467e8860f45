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
import {
  OAUTH_SCOPES,
  OUTPUT,
  RESOURCE_SERVER,
  type OAuthScope as ScopeOfHeed,
  STAFF_GROUP,
  STAFF_SCOPE,
} from '../../shared/names.ts';
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
  if (auth.kind === 'cognito') return new MachinePool(scope, 'MachinePool', { stage, ...auth });
  const { issuer, audience } = auth;
  return {
    authorizer: new HttpJwtAuthorizer('Issuer', issuer, { jwtAudience: [audience] }),
    onTheWire: (name) => name,
    outputs: {},
  };
}

interface MachinePoolProps {
  stage: string;
  /** Whether the senders' client may get staff's scope. For demos: senders are no staff. */
  machinesAreStaff?: boolean | undefined;
}

/** A user pool that issues tokens to machines that show a client secret, and to people whom an administrator has made members of staff. */
class MachinePool extends Construct implements MachineAccess {
  readonly authorizer: IHttpRouteAuthorizer;
  readonly outputs: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { stage, machinesAreStaff = false }: MachinePoolProps) {
    super(scope, id);
    const pool = this.#makePool();
    const client = addClient(pool, (name) => machinesAreStaff || name !== STAFF_SCOPE);
    const people = addStaff(pool);
    // Prefixes are shared by all accounts of a region.
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: `heed-${stage}-${Aws.ACCOUNT_ID}` } });
    this.authorizer = new HttpUserPoolAuthorizer('Machines', pool, { userPoolClients: [client, people] });
    this.outputs = {
      [OUTPUT.userPoolId]: pool.userPoolId,
      [OUTPUT.userPoolClientId]: client.userPoolClientId,
      [OUTPUT.staffClientId]: people.userPoolClientId,
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
    acknowledge(
      pool,
      'COG8',
      'The Plus plan guards sign-ins of people; this pool has machines and a few members of staff, who sign in with a second factor.',
    );
    return pool;
  }
}

/** The group, and a client by which its members sign in with their password and second factor. */
function addStaff(pool: UserPool): UserPoolClient {
  pool.addGroup('Staff', { groupName: STAFF_GROUP, description: 'May take requests down and handle complaints' });
  return pool.addClient('StaffClient', {
    generateSecret: false,
    authFlows: { userSrp: true },
    disableOAuth: true,
    preventUserExistenceErrors: true,
  });
}

function addClient(pool: UserPool, mayHave: (name: string) => boolean): UserPoolClient {
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
      scopes: scopes
        .filter(({ scopeName }) => mayHave(scopeName))
        .map((scope) => OAuthScope.resourceServer(server, scope)),
    },
  });
}
