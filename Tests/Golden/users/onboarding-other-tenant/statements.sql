-- app_user.update_onboarding
UPDATE app_user
SET updated_at = now(),
  onboarding_crm_step_completed = coalesce($3::boolean, onboarding_crm_step_completed),
  onboarding_inbound_step_completed = coalesce($4::boolean, onboarding_inbound_step_completed),
  onboarding_mailstack_step_completed = coalesce($5::boolean, onboarding_mailstack_step_completed),
  onboarding_outbound_step_completed = coalesce($6::boolean, onboarding_outbound_step_completed),
  show_onboarding_page = coalesce($7::boolean, show_onboarding_page)
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id
