internal import GraphQL
internal import Postgres
internal import Records

/// Where a contact or an organization is, or a meeting takes place.
enum Location: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name").written()
        let rawAddress = Column("raw_address", .text).field("rawAddress").written()
        let country = Column("country", .text).field("country").written()
        let countryCodeA2 = Column("country_code_a2", .text).field("countryCodeA2")
        let countryCodeA3 = Column("country_code_a3", .text).field("countryCodeA3")
        let region = Column("region", .text).field("region").written()
        let district = Column("district", .text).field("district").written()
        let locality = Column("locality", .text).field("locality").written()
        let street = Column("street", .text).field("street").written()
        let address = Column("address", .text).field("address").written()
        let address2 = Column("address2", .text).field("address2").written()
        let zip = Column("zip", .text).field("zip").written()
        let addressType = Column("address_type", .text).field("addressType").written()
        let houseNumber = Column("house_number", .text).field("houseNumber").written()
        let postalCode = Column("postal_code", .text).field("postalCode").written()
        let plusFour = Column("plus_four", .text).field("plusFour").written()
        let commercial = Column("commercial", .flag).field("commercial").written()
        let predirection = Column("predirection", .text).field("predirection").written()
        let latitude = Column("latitude", .double).field("latitude").written(initial: "NULL")
        let longitude = Column("longitude", .double).field("longitude").written(initial: "NULL")
        let timeZone = Column("time_zone", .text).field("timeZone").written()
        let utcOffset = Column("utc_offset", .double).field("utcOffset").written(initial: "NULL")
    }

    static let table = Table<Location>("location", Columns())
    static let type = RecordType("Location", of: table, .recordFields)
}
