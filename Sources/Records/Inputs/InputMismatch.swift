/// A value is not of the type it is read as. The check at start rules this out, so it is a bug.
package struct InputMismatch: Error {}
