import { useContext } from 'react';
import { PerspectiveContext } from '../shell/contexts';

/** `[id, choose(id, next?)]`. */
const useActivePerspective = (): [string, (perspective: string, next?: string) => void] => useContext(PerspectiveContext);

export default useActivePerspective;
