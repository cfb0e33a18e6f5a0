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
    reason: string | undefined,
    message: string,
    details: NonNullable<Status['details']> = {},
  ) {
    super(message);
    this.status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, ...(reason === undefined ? {} : { reason }), details, code };
  }
}

/** A refusal that is no Status: what answers where no API is looked for. */
export class PlainError extends ApiError {}

type Resource = Pick<KindInfo, 'group' | 'plural'>;

const detailsOf = (resource: Resource, name?: string): NonNullable<Status['details']> => ({
  ...(name === undefined ? {} : { name }),
  ...(resource.group === '' ? {} : { group: resource.group }),
  kind: resource.plural,
});

/** 404 for a path that nothing serves: an API that is not installed, or a kind that a custom group does not have. */
export const noSuchPath = (): ApiError => new PlainError(404, 'NotFound', '404 page not found');

/** 404 for a kind or version that a built-in group does not have. */
export const noSuchResource = (): ApiError => new ApiError(404, 'NotFound', 'the server could not find the requested resource');

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

const REPRESENTATIONS = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf', 'application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch'];

export const notAcceptable = (message = `406: Not Acceptable\n\nAvailable representations: ${REPRESENTATIONS.join(', ')}`): ApiError => new ApiError(406, 'NotAcceptable', message);

/** What a JSON patch gets whose test fails or whose path does not exist: the server keeps the reason to itself. */
export const unprocessable = (): ApiError =>
  new ApiError(422, 'Invalid', 'the server rejected our request due to an error in our request');

/** What the server calls a wrong field by how its sentence begins. */
const FIELD_REASONS: Readonly<Record<string, string>> = { Required: 'FieldValueRequired', Unsupported: 'FieldValueNotSupported', Forbidden: 'FieldValueForbidden' };

/** 422 for an object with one field that is wrong; `message` begins as the server's own does: `Invalid value: …`, `Required value: …`. */
export const invalid = (kind: string, group: string, name: string, field: string, message: string): ApiError =>
  new ApiError(422, 'Invalid', `${group === '' ? kind : `${kind}.${group}`} "${name}" is invalid: ${field}: ${message}`, {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    ...(kind === '' ? {} : { kind }),
    causes: [{ reason: FIELD_REASONS[/^\w+/.exec(message)?.[0] ?? ''] ?? 'FieldValueInvalid', message, field }],
  });

/** 422 for a query or a body of options; `kind` is `PatchOptions`, `DeleteOptions` … */
export const invalidOptions = (kind: string, field: string, message: string): ApiError => invalid(kind, 'meta.k8s.io', '', field, message);

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
