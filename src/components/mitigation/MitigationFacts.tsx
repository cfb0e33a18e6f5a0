import { Content } from '@patternfly/react-core';
import { type FC } from 'react';
import { useWords } from '../../console/text';
import { type MitigationReport } from '../../engine';
import { MessageText } from '../message/MessageText';

/** Who carries a mitigation out, what it risks, what running VMs notice and whether it can be taken back. */
export const MitigationFacts: FC<{ readonly mitigation: MitigationReport }> = ({ mitigation: { mode, risk, vms, undo } }) => {
  const t = useWords();
  const who: Readonly<Record<MitigationReport['mode'], string>> = {
    execute: t('You do it here'), navigate: t('You do it, this page shows where'), commands: t('You do it in a shell'), manual: t('Somebody has to decide'), support: t('The vendor’s support does it'),
  };
  const risks: Readonly<Record<MitigationReport['risk'], string>> = { none: t('no risk'), low: t('low risk'), medium: t('medium risk'), high: t('high risk') };
  return (
    <Content component="small">
      {who[mode]} · {risks[risk]} · {t('VMs:')} <MessageText message={vms} /> · {t('Undo:')} <MessageText message={undo} />
    </Content>
  );
};
