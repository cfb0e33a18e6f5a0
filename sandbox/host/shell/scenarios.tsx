import { Banner, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { createContext, useContext, useEffect, useState, type FC, type PropsWithChildren } from 'react';
import { coFetchJSON } from '../shims/console-fetch';
import type { ScenarioChoice } from '../../bridge/scenarios';

interface Scenarios {
  simulated: boolean;
  scenarios: ScenarioChoice[];
  current: string | null;
}

const ScenarioContext = createContext<Scenarios | undefined>(undefined);

/** Asks the bridge which scenarios there are. */
export const ScenarioProvider: FC<PropsWithChildren> = ({ children }) => {
  const [scenarios, setScenarios] = useState<Scenarios>();
  useEffect(() => {
    coFetchJSON('/sandbox/scenarios').then(
      (answer) => setScenarios(answer as Scenarios),
      (error: unknown) => console.warn('The scenarios could not be read', error),
    );
  }, []);
  return <ScenarioContext.Provider value={scenarios}>{children}</ScenarioContext.Provider>;
};

/** Says on every page that nothing here is a real cluster. */
export const SimulatedBanner: FC = () => {
  const known = useContext(ScenarioContext);
  if (known?.simulated !== true) return null;
  const title = known.scenarios.find(({ id }) => id === known.current)?.title;
  return (
    <Banner className="host-banner" status="info" screenReaderText="Note:" data-test="simulated-banner">
      Simulated cluster{title === undefined ? '' : `: ${title}`}
    </Banner>
  );
};

/** Puts another scenario on, waits until the world is ready, and loads the page anew. */
export const ScenarioChooser: FC = () => {
  const known = useContext(ScenarioContext);
  const [asked, setAsked] = useState<string>();
  const [problem, setProblem] = useState<string>();
  if (known === undefined || known.scenarios.length === 0) return null;
  const choose = async (id: string): Promise<void> => {
    setAsked(id);
    setProblem(undefined);
    try {
      // A new Prometheus with a backfilled past takes several seconds.
      await coFetchJSON.post('/sandbox/scenario', { id }, {}, 120_000);
      window.location.reload();
    } catch (error) {
      setAsked(undefined);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <FormSelect
      aria-label="Scenario"
      data-test="scenario"
      title={problem}
      className="host-scenario"
      value={asked ?? known.current ?? ''}
      isDisabled={asked !== undefined}
      validated={problem === undefined ? 'default' : 'error'}
      onChange={(_, id) => void choose(id)}
    >
      {known.scenarios.map(({ id, title, alert }) => (
        <FormSelectOption key={id} value={id} label={alert === undefined ? title : `${alert}: ${title}`} />
      ))}
    </FormSelect>
  );
};
