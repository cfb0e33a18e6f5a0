/** The id of a mitigation's title on the runbook page: where the answer's button leads. */
export const mitigationElementId = (mitigation: string): string => `virt-runbooks-mitigation-${mitigation}`;
