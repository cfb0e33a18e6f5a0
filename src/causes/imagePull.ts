import { cause } from '../engine/cause';
import { msg } from '../engine/message';
import { correctPullSecret, pullByHand } from '../mitigations/images';
import { type Workload } from '../sources/workload';
import { type alertHint } from '../steps/alertHint';
import { type podsRunning } from '../steps/podsRunning';
import { type registryAnswer } from '../steps/registryAnswer';

/** The nodes do not get the image. */
export const imagePull = (
  of: Workload, running: ReturnType<typeof podsRunning>, answer: ReturnType<typeof registryAnswer>, hint: typeof alertHint,
) => cause({
  id: 'image-pull',
  says: msg('{{name}} cannot start: its image cannot be pulled.', { name: of.name }),
  confirmedBy: [
    ...answer.is('unauthorized', 'notFound', 'untrusted', 'rateLimited', 'unreachable', 'noSpace', 'otherwise'), ...running.is('imagePull'),
  ],
  supportedBy: hint.is('imagePull'),
  refutedBy: running.is('allRunning'),
  mitigations: [correctPullSecret, pullByHand(answer)],
});
