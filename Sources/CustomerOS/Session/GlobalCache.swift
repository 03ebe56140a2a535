internal import GraphQL
internal import Postgres
internal import Records

/// What a client needs at the start of a session: one row of the tenant, `t`, with `user_id`, the acting user or null,
/// and `is_platform_owner`.
enum GlobalCache: Record {
    struct Columns {
        let isOwner = Column(
            "is_owner", .flag,
            read: """
                EXISTS (SELECT FROM organization o WHERE o.tenant_id = t.id AND o.owner_id = t.user_id AND o.state IN ('LIVE', 'HIDDEN'))
                """
        ).field("isOwner")
        let leastForecast = Column("least_forecast", .decimal, read: forecast("min")).field("minARRForecastValue")
        let greatestForecast = Column("greatest_forecast", .decimal, read: forecast("max")).field("maxARRForecastValue")
        let hasContracts = Column("has_contracts", .flag, read: "EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.id)")
            .field("contractsExist")
        let logo = Column(
            "logo", .text,
            read: """
                coalesce((SELECT a.cdn_url FROM tenant_setting s JOIN attachment a ON a.tenant_id = s.tenant_id \
                AND a.id::text = lower(s.logo_repository_file_id) WHERE s.tenant_id = t.id), '')
                """
        ).field("cdnLogoUrl")
        let cities = Column("cities", .texts, read: places("locality")).field("contactCities")
        let regions = Column("regions", .texts, read: places("region")).field("contactRegions")
        let isPlatformOwner = Column("is_platform_owner", .flag).field("isPlatformOwner")
    }

    static let table = Table<GlobalCache>("tenant", Columns())

    static let type = RecordType(
        "GlobalCache", of: table,
        [
            .constant("mailboxes", json: "[]"),
            .constant("isFirstLogin", json: "false"),
            .bound("user", .resolved(ReadField.currentUser)),
            .bound("inactiveEmailTokens", .resolved(ReadField.nothing)),
            .bound("activeEmailTokens", .resolved(ReadField.nothing)),
            .bound("gCliCache", .resolved(GCliItem.states)),
        ])

    private static func forecast(_ function: SQL) -> SQL {
        """
        coalesce((SELECT \(function)(o.renewal_arr) FROM organization o WHERE o.tenant_id = t.id AND o.state IN ('LIVE', 'HIDDEN')), 0)
        """
    }

    private static func places(_ column: SQL) -> SQL {
        """
        ARRAY(SELECT DISTINCT p.\(column) FROM contact c JOIN contact_location l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id \
        JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id \
        WHERE c.tenant_id = t.id AND c.state = 'LIVE' AND p.\(column) <> '' ORDER BY 1)
        """
    }

    /// `global_Cache`: one row of the tenant with what is selected.
    static let field = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<Bool, Void>(field.statementName) { isPlatformOwner in
            """
            SELECT NULL\(type.selectList(selection.columns)) FROM (SELECT id, \(isPlatformOwner.actor) AS user_id,
            \(isPlatformOwner.value) AS is_platform_owner FROM tenant WHERE id = \(isPlatformOwner.tenant)) t
            """
        }
        return { call, wave in
            let query = statement.query(wave.caller.hasRole(.platformOwner), for: wave.issuer)
            // It reads the locations of all contacts.
            wave.read([query], isSlow: true, rows: nil, for: call, isList: false) { FieldResult(first: $0[0], selection) }
        }
    }
}
