/// The type that objects of one schema type are read as. Relations and answers refer to it by its metatype.
package protocol RecordKind: SendableMetatype {
    static var type: RecordType { get }
}
