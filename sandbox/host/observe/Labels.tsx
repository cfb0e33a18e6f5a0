import { Alert as Notice, Label, LabelGroup } from '@patternfly/react-core';
import type { FC } from 'react';

const STATUS = { critical: 'danger', warning: 'warning', info: 'info' } as const;
const isKnown = (severity: string): severity is keyof typeof STATUS => severity in STATUS;

/** A severity in its colour, with its word. */
export const Severity: FC<{ severity: string | undefined }> = ({ severity = 'none' }) => (
  <Label isCompact {...(isKnown(severity) ? { status: STATUS[severity] } : {})}>
    {severity.charAt(0).toUpperCase() + severity.slice(1)}
  </Label>
);

/** Labels of an alert or a rule. */
export const LabelList: FC<{ labels: Record<string, string> | undefined }> = ({ labels = {} }) => (
  <LabelGroup numLabels={50}>
    {Object.entries(labels).map(([name, value]) => (
      <Label key={name} variant="outline" isCompact>
        {name}={value}
      </Label>
    ))}
  </LabelGroup>
);

/** Why the alerts could not be read. */
export const ReadingFailed: FC<{ error: unknown }> = ({ error }) => (
  <Notice variant="warning" isInline title="Alerts could not be loaded">
    {error instanceof Error ? error.message : String(error)}
  </Notice>
);
