import { label, text } from '../engine/late';
import { type Workload } from '../sources/workload';
import { virtHandler } from './workloads';

/** The node that an alert is about, by its label. */
export const alertNode = label('node');

/** Everything of that node, as the API server selects pods. */
export const onAlertNode = text`spec.nodeName=${alertNode}`;

/** virt-handler of that node alone. */
export const handlerThere: Workload = { ...virtHandler, fields: onAlertNode };
