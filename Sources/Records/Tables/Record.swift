/// A table and the object type whose objects are its rows.
///
/// Others refer to a record by its metatype: values that refer to each other in a circle would wait for each other when they are made.
package protocol Record: RecordKind {
    /// Nothing but columns, each a stored property, and structures of them.
    associatedtype Columns: Sendable
    static var table: Table<Self> { get }
}
