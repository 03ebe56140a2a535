/// A table and the object type whose objects are its rows.
///
/// Others refer to a record by its metatype: values with cyclic references would deadlock during initialization.
package protocol Record: RecordKind {
    /// Only columns, each a stored property, and structures of them.
    associatedtype Columns: Sendable
    static var table: Table<Self> { get }
}
