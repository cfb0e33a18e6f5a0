import { Card, CardBody, CardTitle, DescriptionList } from '@patternfly/react-core';
import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type AlertReport } from '../../engine';
import { CommandBlock } from '../command/CommandBlock';
import { MissingList } from '../command/MissingList';
import { durationText } from '../../engine/format';
import { Instant } from '../message/Instant';
import { visible } from '../../engine/visible';
import { Notice } from '../page/Notice';
import { ClearsWhen } from './ClearsWhen';
import { Fact } from './Fact';
import { LabelList } from './LabelList';

const RuleForm: FC<{ readonly rule: NonNullable<AlertReport['rule']> }> = ({ rule }) => {
  const t = useWords();
  if (rule.expr === undefined) return <>{t('The rule itself could not be read, only its alerts.')}</>;
  if (rule.form === null) return <Notice isInline isPlain variant="warning" component="p" title={t('The loaded rule is not one that this text was written for. Its expression differs from every known form.')} />;
  return <>{rule.releases === undefined ? t('A form that this text was written for') : t('The rule of {{releases}}, which this text was written for', { releases: rule.releases })}</>;
};

const RuleFacts: FC<{ readonly rule: NonNullable<AlertReport['rule']>; readonly isGeneric: boolean }> = ({ rule, isGeneric }) => {
  const t = useWords();
  const language = useLanguage();
  return (
    <>
      {!isGeneric && <Fact name={t('Loaded rule')}><RuleForm rule={rule} /></Fact>}
      {rule.for !== undefined && <Fact name={t('Fires after')}>{durationText(rule.for, language)}</Fact>}
      {rule.health === 'err' && <Fact name={t('Evaluation')}>{t('Prometheus cannot evaluate the rule: {{error}}', { error: visible(rule.lastError ?? '') })}</Fact>}
      {rule.expr !== undefined && <Fact name={t('Expression')}><CommandBlock command={{ language: 'promql', text: rule.expr, open: [] }} name={t('Expression')} /></Fact>}
    </>
  );
};

interface AlertFactsProps {
  readonly alert: AlertReport;
  /** There is no runbook, so no text whose rule could be another than the loaded one. */
  readonly isGeneric?: boolean;
}

/** The alert as Prometheus has it: since when, by which rule, when it can clear, with which labels. */
export const AlertFacts: FC<AlertFactsProps> = ({ alert, isGeneric = false }) => {
  const t = useWords();
  const isActive = alert.state === 'firing' || alert.state === 'pending';
  return (
    <Card>
      <CardTitle component="h2">{t('The alert')}</CardTitle>
      <CardBody>
        {alert.missing.length > 0 && <MissingList missing={alert.missing} />}
        {alert.state === 'unknown' && alert.missing.length === 0 && t('Whether it fires is not visible from here: alerts of the platform are shown to those who may read the metrics of all namespaces.')}
        <DescriptionList isCompact>
          {alert.activeAt !== undefined && <Fact name={t('Condition holds since')}><Instant at={alert.activeAt} /></Fact>}
          {alert.rule && <RuleFacts rule={alert.rule} isGeneric={isGeneric} />}
          {isActive && <Fact name={t('Clears')}><ClearsWhen alert={alert} /></Fact>}
          {Object.keys(alert.labels).length > 0 && <Fact name={t('Labels')}><LabelList labels={alert.labels} /></Fact>}
        </DescriptionList>
      </CardBody>
    </Card>
  );
};
