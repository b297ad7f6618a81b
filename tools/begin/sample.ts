/** The sample domain: what there is to show how things are done, and goes when a product of one's own begins. */
export const sample = {
  functions: [
    'analytics',
    'notifications',
    'order-stream',
    'orders',
    'processor',
    'scheduled',
    'table-stream',
    'user-activity',
    'users',
  ],
  /** Modules of the shared layer, by file or folder; the others serve any domain. */
  shared: [
    'contracts/order-events.ts',
    'contracts/user-activity.ts',
    'events/order-event-publisher.ts',
    'orders/',
    'users/',
  ].map((path) => `layers/shared/src/${path}`),
  /** Entries of templates beside template.yaml, by section. */
  infra: {
    'infra/config.yaml': {
      Resources: [
        'OrdersMaxLines',
        'OrderStreamHighValuePercentile',
        'OrderStreamHighValueFewestOrders',
        'AnalyticsCacheSeconds',
      ],
      Outputs: [],
    },
    'infra/endpoints.yaml': { Resources: ['SesEndpoint'], Outputs: [] },
    'infra/messaging.yaml': {
      Resources: ['OrderEventStream', 'OrderEventTopic', 'UserActivityStream'],
      Outputs: ['OrderEventStreamArn', 'OrderEventTopicArn', 'UserActivityStreamArn'],
    },
  },
  /** What else goes out of files that stay: each text that matches gives way to another. */
  edits: {
    'functions/authorizer/events/bearer-token.json': [[/(?<=["/])users(?=")/g, 'health']],
    // Functions that ask for flags, by whose alarms a flag is taken back.
    'infra/config.yaml': [
      [/- AlarmArn: \S+ \S+:\$\{App\}-(?:analytics|order-stream)-errors-\$\{Stage\}\n\s+AlarmRoleArn: .*\n\s+/g, ''],
    ],
  },
} as const;

/** With this a test begins that imports nothing of the sample domain, and does not pass without it. */
export const sampleMark = '// Needs the sample domain, and goes with it: aviary begin.\n';
