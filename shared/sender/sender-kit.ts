/**
 * What `import … from 'heed/sender'` gives: the one door for senders. Runs on plain Node without AWS; everything behind it may change.
 */
export { footerBlock } from './footer-block.ts';
export { lintMessage } from './lint-message.ts';
export { mintLink } from './mint-link.ts';
export { listUnsubscribeHeaders, unsubscribeMailto } from './unsubscribe-headers.ts';
