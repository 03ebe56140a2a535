/// A value is not of the type that it is read as. The check at start leaves no such place, so it is a fault of the program.
package struct InputMismatch: Error {}
