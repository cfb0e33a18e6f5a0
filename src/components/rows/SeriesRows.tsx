import { type FC } from 'react';
import { useLanguage, useWords } from '../../console/text';
import { type Rows } from '../../engine';
import { bytesText, durationText, numberText } from '../../engine/format';
import { visible } from '../../engine/visible';
import './Rows.css';

type SeriesRowsProps = Extract<Rows, { of: 'series' }> & { readonly name: string };
type Unit = SeriesRowsProps['unit'];

const WIDTH = 100;
const HEIGHT = 30;

const valueText = (value: number, unit: Unit, language: string): string => {
  switch (unit) {
    case 'bytes': return bytesText(value, language);
    case 'seconds': return durationText(value, language);
    case 'ratio': return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
    case 'count': return numberText(value, language);
    default: return unit satisfies never;
  }
};

/** Series over time as lines, with their last, lowest and highest values in words: the picture adds nothing that is not said. */
export const SeriesRows: FC<SeriesRowsProps> = ({ unit, series, threshold, name }) => {
  const t = useWords();
  const language = useLanguage();
  const write = (value: number) => valueText(value, unit, language);
  const points = series.flatMap((each) => each.points).filter(([, value]) => Number.isFinite(value));
  if (points.length === 0) return <>{t('No value in this time')}</>;
  const times = points.map(([at]) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const top = Math.max(...points.map(([, value]) => value), threshold ?? 0, Number.MIN_VALUE);
  const x = (at: number) => (last === first ? WIDTH : ((at - first) / (last - first)) * WIDTH);
  const y = (value: number) => HEIGHT - (Math.max(0, value) / top) * HEIGHT;
  return (
    <figure aria-label={name}>
      <svg className="virt-runbooks__series" viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`} preserveAspectRatio="none" aria-hidden="true">
        {threshold !== undefined && <line className="virt-runbooks__series-threshold" x1={0} x2={WIDTH} y1={y(threshold)} y2={y(threshold)} />}
        {series.map((each) => <polyline key={each.name} className="virt-runbooks__series-line" points={each.points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ')} />)}
      </svg>
      <figcaption>
        {series.map((each) => {
          const values = each.points.map(([, value]) => value);
          return <div key={each.name}>{t('{{series}}: now {{now}}, lowest {{lowest}}, highest {{highest}}', { series: visible(each.name), now: write(values.at(-1) ?? 0), lowest: write(Math.min(...values)), highest: write(Math.max(...values)) })}</div>;
        })}
        {threshold !== undefined && <div>{t('The dashed line is the threshold: {{value}}', { value: write(threshold) })}</div>}
      </figcaption>
    </figure>
  );
};
