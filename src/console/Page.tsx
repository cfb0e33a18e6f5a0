export { DocumentTitle, Timestamp } from '@openshift-console/dynamic-plugin-sdk';
