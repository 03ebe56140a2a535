/// The types that describe a schema, as they would be written. Specification section 4.
enum IntrospectionSchema {
    static let text = """
        "A schema: its types, its directives, and where operations begin."
        type __Schema {
          description: String
          "All types."
          types: [__Type!]!
          "The type that queries begin at."
          queryType: __Type!
          "The type that mutations begin at, if there are any."
          mutationType: __Type
          "The type that subscriptions begin at, if there are any."
          subscriptionType: __Type
          "All directives."
          directives: [__Directive!]!
        }

        "A type: named, or a list or non-null around another."
        type __Type {
          kind: __TypeKind!
          name: String
          description: String
          specifiedByURL: String
          fields(includeDeprecated: Boolean! = false): [__Field!]
          interfaces: [__Type!]
          possibleTypes: [__Type!]
          enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
          inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
          ofType: __Type
          isOneOf: Boolean
        }

        "What kind of type a type is."
        enum __TypeKind {
          "A leaf with a value of its own."
          SCALAR
          "Has fields."
          OBJECT
          "Fields that object types share."
          INTERFACE
          "One of several object types."
          UNION
          "One of several names."
          ENUM
          "Has fields that are given."
          INPUT_OBJECT
          "Elements of `ofType`."
          LIST
          "Never null, otherwise `ofType`."
          NON_NULL
        }

        "A field of an object or interface type."
        type __Field {
          name: String!
          description: String
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
          type: __Type!
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "An argument, or a field of an input object type."
        type __InputValue {
          name: String!
          description: String
          type: __Type!
          "As it is written in the schema."
          defaultValue: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "A name of an enum type."
        type __EnumValue {
          name: String!
          description: String
          isDeprecated: Boolean!
          deprecationReason: String
        }

        "A directive, and where it may stand."
        type __Directive {
          name: String!
          description: String
          isRepeatable: Boolean!
          locations: [__DirectiveLocation!]!
          args(includeDeprecated: Boolean! = false): [__InputValue!]!
        }

        "A place of a document where directives may stand."
        enum __DirectiveLocation {
          QUERY
          MUTATION
          SUBSCRIPTION
          FIELD
          FRAGMENT_DEFINITION
          FRAGMENT_SPREAD
          INLINE_FRAGMENT
          VARIABLE_DEFINITION
          SCHEMA
          SCALAR
          OBJECT
          FIELD_DEFINITION
          ARGUMENT_DEFINITION
          INTERFACE
          UNION
          ENUM
          ENUM_VALUE
          INPUT_OBJECT
          INPUT_FIELD_DEFINITION
        }

        "Leaves out what it stands at when `if` is true."
        directive @skip("Leave out when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Takes what it stands at only when `if` is true."
        directive @include("Take when true." if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Says that something should no longer be used, and what instead."
        directive @deprecated("Why, in Markdown." reason: String! = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

        "Names the specification of a scalar."
        directive @specifiedBy("Where it can be read." url: String!) on SCALAR

        "Exactly one of the fields must be given."
        directive @oneOf on INPUT_OBJECT

        "Whole numbers of 32 bits, with sign."
        scalar Int

        "Numbers of double precision, as IEEE 754 has them."
        scalar Float

        "Text of Unicode characters."
        scalar String

        "True or false."
        scalar Boolean

        "Names one thing among all of its kind. Written as a string."
        scalar ID

        """

    static let builtInScalars: Set<String> = ["Int", "Float", "String", "Boolean", "ID"]
    static let builtInDirectives: Set<String> = ["skip", "include", "deprecated", "specifiedBy", "oneOf"]
}
