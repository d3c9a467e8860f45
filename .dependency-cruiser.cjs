/** Import directions (design §4): functions → shared/http → shared/domain ← shared/adapters. */
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'A cycle has no inside. Types may refer to each other.',
    ),
    forbid(
      'names-import-nothing',
      { path: '^shared/names\\.ts$' },
      {},
      'Both sides agree on these strings; they depend on nobody.',
    ),
    forbid(
      'domain-is-pure',
      { path: '^shared/domain/' },
      { path: '^(shared/(?!domain/)|functions/|infra/|test/)|node_modules/(@aws-sdk|@smithy|@middy|aws-lambda)' },
      'The domain knows no SDK, no transport and no environment.',
    ),
    forbid(
      'domain-has-no-effects',
      { path: '^shared/domain/' },
      { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|url)$' },
      'Of Node only pure computation: hashes and UTS 46.',
    ),
    forbid(
      'adapters-serve-the-domain',
      { path: '^shared/adapters/' },
      { path: '^(shared/(http|views|i18n|stream)/|functions/|infra/|test/)' },
      'An adapter reaches the world for the domain, and for nobody else.',
    ),
    forbid(
      'views-are-pure',
      { path: '^shared/(views|i18n)/' },
      { path: '^(shared/(adapters|http|stream)/|functions/|infra/|test/)|node_modules/@aws-sdk' },
      'Pages and mails are functions of data.',
    ),
    forbid(
      'http-knows-no-adapter',
      { path: '^shared/http/' },
      { path: '^(shared/(adapters|stream)/|functions/|infra/|test/)|node_modules/@aws-sdk' },
      'Doors get their effects from the handler.',
    ),
    forbid(
      'stream-knows-keys-only',
      { path: '^shared/stream/' },
      { path: '^(shared/adapters/(?!dynamo/(contact-)?keys\\.ts)|shared/(http|views)/|functions/|infra/|test/)' },
      'Consumers read items by their keys; effects come from the handler.',
    ),
    forbid(
      'capabilities-stand-alone',
      { path: '^functions/([^/]+)/' },
      { path: '^functions/', pathNot: '^functions/$1/' },
      'What two capabilities share belongs to shared/.',
    ),
    forbid(
      'use-cases-know-no-aws',
      { path: '^functions/', pathNot: '/(handler|cli)\\.ts$' },
      { path: '^shared/adapters/(?!dynamo/(contact-)?keys\\.ts)|node_modules/@aws-sdk' },
      'Only the door binds ports to adapters.',
    ),
    forbid(
      'app-knows-no-infrastructure',
      { path: '^(functions|shared)/' },
      { path: '^(infra|test)/' },
      'What runs does not know how it was deployed.',
    ),
    forbid(
      'sender-knows-no-aws',
      { path: '^shared/sender/' },
      {
        path: '^(shared/(adapters|http|stream)/|functions/|infra/)|node_modules/(@aws-|@smithy|@middy|aws-)',
        reachable: true,
      },
      'Senders run it on their own machines, without AWS and without our functions.',
    ),
    forbid(
      'infra-reads-contracts-only',
      { path: '^infra/(?!local/)' },
      { path: '^(functions/|test/|infra/local/|shared/(adapters|views|stream)/)' },
      'Infrastructure knows names, settings and the wire contract.',
    ),
    forbid(
      'nothing-depends-on-tests',
      { path: '^(functions|shared|infra)/' },
      { path: '^test/' },
      'Tests depend on the code, never the other way.',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
