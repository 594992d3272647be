/** The same classes for `import`: this file holds none of its own. */
export * from './testing.js';
