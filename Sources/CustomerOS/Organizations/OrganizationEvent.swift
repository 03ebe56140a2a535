/// An event that is only on the timeline of the organization it happened to.
enum OrganizationEvent {}
