internal import Records

/// The input of `contact_Create`, and of `customer_contact_Create`, which has some of its members.
struct ContactInput: Decodable {
    let name: String?
    let firstName: String?
    let lastName: String?
    let createdAt: Time?
    let email: EmailInput?
    let phoneNumber: PhoneNumberInput?
    let externalReference: ExternalReference?
    let socialUrl: String?
    var values: Patch<Contact>
}
