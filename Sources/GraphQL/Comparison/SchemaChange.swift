/// A difference between two schemas of one service, and what it means to clients of the older one.
public struct SchemaChange: Sendable, Equatable {
    public enum Impact: String, Sendable, CaseIterable {
        /// Valid documents or variables are now refused, or answers differ.
        case breaking
        /// Documents still work, but a client may receive something unexpected.
        case dangerous
        /// No client notices.
        case safe
    }

    /// The raw values are those of graphql-js (`findSchemaChanges`) where it has one.
    public enum Kind: String, Sendable, CaseIterable {
        // Breaking.
        case rootTypeChanged = "ROOT_TYPE_CHANGED"
        case typeRemoved = "TYPE_REMOVED"
        case typeChangedKind = "TYPE_CHANGED_KIND"
        case typeRemovedFromUnion = "TYPE_REMOVED_FROM_UNION"
        case implementedInterfaceRemoved = "IMPLEMENTED_INTERFACE_REMOVED"
        case valueRemovedFromEnum = "VALUE_REMOVED_FROM_ENUM"
        case fieldRemoved = "FIELD_REMOVED"
        case fieldChangedKind = "FIELD_CHANGED_KIND"
        case requiredInputFieldAdded = "REQUIRED_INPUT_FIELD_ADDED"
        case inputFieldBecameRequired = "INPUT_FIELD_BECAME_REQUIRED"
        case oneOfAdded = "ONE_OF_ADDED"
        case requiredArgumentAdded = "REQUIRED_ARG_ADDED"
        case argumentRemoved = "ARG_REMOVED"
        case argumentChangedKind = "ARG_CHANGED_KIND"
        case argumentBecameRequired = "ARG_BECAME_REQUIRED"
        case directiveRemoved = "DIRECTIVE_REMOVED"
        case directiveArgumentRemoved = "DIRECTIVE_ARG_REMOVED"
        case requiredDirectiveArgumentAdded = "REQUIRED_DIRECTIVE_ARG_ADDED"
        case directiveRepeatableRemoved = "DIRECTIVE_REPEATABLE_REMOVED"
        case directiveLocationRemoved = "DIRECTIVE_LOCATION_REMOVED"
        // Dangerous.
        case typeAddedToUnion = "TYPE_ADDED_TO_UNION"
        case implementedInterfaceAdded = "IMPLEMENTED_INTERFACE_ADDED"
        case valueAddedToEnum = "VALUE_ADDED_TO_ENUM"
        case optionalInputFieldAdded = "OPTIONAL_INPUT_FIELD_ADDED"
        case inputFieldDefaultValueChanged = "INPUT_FIELD_DEFAULT_VALUE_CHANGE"
        case optionalArgumentAdded = "OPTIONAL_ARG_ADDED"
        case argumentDefaultValueChanged = "ARG_DEFAULT_VALUE_CHANGE"
        /// A directive of the service, such as one that requires a role.
        case appliedDirectivesChanged = "APPLIED_DIRECTIVES_CHANGED"
        // Safe.
        case rootTypeAdded = "ROOT_TYPE_ADDED"
        case typeAdded = "TYPE_ADDED"
        case fieldAdded = "FIELD_ADDED"
        case fieldChangedKindSafely = "FIELD_CHANGED_KIND_SAFE"
        case oneOfRemoved = "ONE_OF_REMOVED"
        case argumentChangedKindSafely = "ARG_CHANGED_KIND_SAFE"
        case argumentDefaultValueAdded = "ARG_DEFAULT_VALUE_ADDED"
        case inputFieldDefaultValueAdded = "INPUT_FIELD_DEFAULT_VALUE_ADDED"
        case directiveAdded = "DIRECTIVE_ADDED"
        case optionalDirectiveArgumentAdded = "OPTIONAL_DIRECTIVE_ARG_ADDED"
        case directiveRepeatableAdded = "DIRECTIVE_REPEATABLE_ADDED"
        case directiveLocationAdded = "DIRECTIVE_LOCATION_ADDED"
        case deprecationChanged = "DEPRECATION_CHANGED"
        case descriptionChanged = "DESCRIPTION_CHANGED"

        public var impact: Impact {
            switch self {
            case .rootTypeChanged, .typeRemoved, .typeChangedKind, .typeRemovedFromUnion, .implementedInterfaceRemoved,
                .valueRemovedFromEnum, .fieldRemoved, .fieldChangedKind, .requiredInputFieldAdded, .inputFieldBecameRequired,
                .oneOfAdded, .requiredArgumentAdded, .argumentRemoved, .argumentChangedKind, .argumentBecameRequired, .directiveRemoved,
                .directiveArgumentRemoved, .requiredDirectiveArgumentAdded, .directiveRepeatableRemoved, .directiveLocationRemoved:
                .breaking
            case .typeAddedToUnion, .implementedInterfaceAdded, .valueAddedToEnum, .optionalInputFieldAdded,
                .inputFieldDefaultValueChanged, .optionalArgumentAdded, .argumentDefaultValueChanged, .appliedDirectivesChanged:
                .dangerous
            case .rootTypeAdded, .typeAdded, .fieldAdded, .fieldChangedKindSafely, .oneOfRemoved, .argumentChangedKindSafely,
                .argumentDefaultValueAdded, .inputFieldDefaultValueAdded, .directiveAdded, .optionalDirectiveArgumentAdded,
                .directiveRepeatableAdded, .directiveLocationAdded, .deprecationChanged, .descriptionChanged:
                .safe
            }
        }
    }

    public let kind: Kind
    /// The element, in either schema; nil for the schema itself.
    public let coordinate: SchemaCoordinate?
    /// What happened to it, as the end of a sentence: `was removed`.
    public let event: String

    public var impact: Impact { kind.impact }

    /// What has changed: `Contact.name`, or `schema`.
    public var element: String { coordinate?.description ?? "schema" }
}
