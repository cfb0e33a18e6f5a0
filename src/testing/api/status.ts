import { qualifiedResource, type KindInfo } from '../kinds';

/** A `metav1.Status`: the body of every error, and of some successes. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: { name?: string; group?: string; kind?: string; uid?: string; causes?: { reason?: string; message: string; field?: string }[]; retryAfterSeconds?: number };
  code?: number;
}

/** Thrown by whatever refuses a request; `answer` turns it into its HTTP answer. */
export class ApiError extends Error {
  readonly status: Status;

  constructor(
    readonly code: number,
    reason: string,
    message: string,
    details: NonNullable<Status['details']> = {},
  ) {
    super(message);
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
  }
}

type Resource = Pick<KindInfo, 'group' | 'plural'>;

const detailsOf = (resource: Resource, name?: string): NonNullable<Status['details']> => ({
  ...(name === undefined ? {} : { name }),
  ...(resource.group === '' ? {} : { group: resource.group }),
  kind: resource.plural,
});

/** 404 for a path that nothing serves: an absent API, or a resource the API does not have. */
export const noSuchPath = (): ApiError => new ApiError(404, 'NotFound', 'the server could not find the requested resource');

export const notFound = (resource: Resource, name: string): ApiError =>
  new ApiError(404, 'NotFound', `${qualifiedResource(resource)} "${name}" not found`, detailsOf(resource, name));

export const alreadyExists = (resource: Resource, name: string): ApiError =>
  new ApiError(409, 'AlreadyExists', `${qualifiedResource(resource)} "${name}" already exists`, detailsOf(resource, name));

export const conflict = (resource: Resource, name: string, why: string): ApiError =>
  new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${qualifiedResource(resource)} "${name}": ${why}`, detailsOf(resource, name));

/** The conflict of an update that was made from an old copy. */
export const staleConflict = (resource: Resource, name: string): ApiError =>
  conflict(resource, name, 'the object has been modified; please apply your changes to the latest version and try again');

export const forbidden = (resource: Resource, name: string | undefined, why: string): ApiError =>
  new ApiError(403, 'Forbidden', `${qualifiedResource(resource)}${name === undefined ? '' : ` "${name}"`} is forbidden: ${why}`, detailsOf(resource, name));

export const badRequest = (message: string): ApiError => new ApiError(400, 'BadRequest', message);

export const internalError = (message: string): ApiError =>
  new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] });

export const methodNotAllowed = (): ApiError =>
  new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');

export const unsupportedMediaType = (accepted: readonly string[]): ApiError =>
  new ApiError(415, 'UnsupportedMediaType', `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`);

export const notAcceptable = (message = 'only the following media types are accepted: application/json'): ApiError => new ApiError(406, 'NotAcceptable', message);

/** What a JSON patch gets whose test fails or whose path does not exist: the server keeps the reason to itself. */
export const unprocessable = (): ApiError =>
  new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request');

export const invalid = (kind: string, group: string, name: string, field: string, message: string): ApiError =>
  new ApiError(422, 'Invalid', `${group === '' ? kind : `${kind}.${group}`} "${name}" is invalid: ${field}: ${message}`, {
    name,
    ...(group === '' ? {} : { group }),
    kind,
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });

/** 410 for a watch or a continued list that goes back further than the history. */
export const expired = (message: string): ApiError => new ApiError(410, 'Expired', message);

/** The `Status` of a delete that left nothing behind. */
export const deleted = (resource: Resource, name: string, uid: string | undefined): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Success',
  details: { ...detailsOf(resource, name), ...(uid === undefined ? {} : { uid }) },
});
