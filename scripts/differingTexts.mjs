/** A webpack loader: of a file of texts, only those that differ from the marked text they translate. */
export default (source) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(source)).filter(([text, translation]) => text !== translation)));
