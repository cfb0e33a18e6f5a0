// What Jest gives for a console module that no file here is named after. CommonJS, since only `module.exports` can be
// a module that has every export.
module.exports = require('../placeholder').placeholderModule('module');
