-- Interactions of every kind, who took part in them, and the timelines made from them.

-- The part that all kinds of events have in common. The table named after the kind holds the rest under the same key.
CREATE TABLE timeline_event (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY', 'INTERACTION_SESSION', 'NOTE', 'PAGE_VIEW', 'MARKDOWN_EVENT')),
  started_at timestamptz CHECK (started_at IS NULL OR kind IN ('MEETING', 'LOG_ENTRY', 'PAGE_VIEW')),
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'HIDDEN', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  occurred_at timestamptz GENERATED ALWAYS AS (coalesce(started_at, created_at)) STORED,
  PRIMARY KEY (tenant_id, id));

CREATE TABLE interaction_session (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  identifier text COLLATE "C" NOT NULL DEFAULT '', name text NOT NULL DEFAULT '', status text NOT NULL DEFAULT '', type text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '', channel_data text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE);
CREATE INDEX interaction_session_by_identifier ON interaction_session (tenant_id, identifier) WHERE identifier <> '';
CREATE TABLE meeting (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  name text COLLATE "C", ended_at timestamptz, conference_url text NOT NULL DEFAULT '', meeting_external_url text NOT NULL DEFAULT '',
  agenda text NOT NULL DEFAULT '', agenda_content_type text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'UNDEFINED' CHECK (status IN ('UNDEFINED', 'ACCEPTED', 'CANCELED')),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE);
CREATE TABLE issue (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  subject text NOT NULL DEFAULT '', status text COLLATE "C" NOT NULL DEFAULT '', priority text NOT NULL DEFAULT '', description text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE);

-- An event can belong to a session, a meeting and an issue at once.
CREATE TABLE interaction_event (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  interaction_session_id uuid, meeting_id uuid, issue_id uuid, replies_to_id uuid,
  identifier text COLLATE "C" NOT NULL DEFAULT '', internal_identifier text, event_type text NOT NULL DEFAULT '',
  channel text NOT NULL DEFAULT '', channel_data text NOT NULL DEFAULT '', content text, content_type text,
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, interaction_session_id) REFERENCES interaction_session, FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting,
  FOREIGN KEY (tenant_id, issue_id) REFERENCES issue, FOREIGN KEY (tenant_id, replies_to_id) REFERENCES interaction_event);
CREATE INDEX interaction_event_by_identifier ON interaction_event (tenant_id, identifier) WHERE identifier <> '';
CREATE INDEX interaction_event_of_session ON interaction_event (tenant_id, interaction_session_id) WHERE interaction_session_id IS NOT NULL;
CREATE INDEX interaction_event_of_meeting ON interaction_event (tenant_id, meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX interaction_event_of_issue ON interaction_event (tenant_id, issue_id) WHERE issue_id IS NOT NULL;
CREATE INDEX interaction_event_replies ON interaction_event (tenant_id, replies_to_id) WHERE replies_to_id IS NOT NULL;
CREATE TABLE log_entry (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid NOT NULL, created_by_id uuid, content text NOT NULL DEFAULT '', content_type text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX log_entry_of_organization ON log_entry (tenant_id, organization_id);

-- About a meeting, a contact or an organization.
CREATE TABLE note (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  meeting_id uuid, contact_id uuid, organization_id uuid, created_by_id uuid, content text NOT NULL DEFAULT '', content_type text NOT NULL DEFAULT '',
  PRIMARY KEY (tenant_id, id), CHECK (num_nonnulls(meeting_id, contact_id, organization_id) = 1),
  FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting ON DELETE CASCADE, FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX note_of_meeting ON note (tenant_id, meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX note_of_contact ON note (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX note_of_organization ON note (tenant_id, organization_id) WHERE organization_id IS NOT NULL;
CREATE TABLE page_view (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  contact_id uuid NOT NULL, ended_at timestamptz, page_title text NOT NULL DEFAULT '', page_url text NOT NULL DEFAULT '', application text NOT NULL DEFAULT '',
  session_id text NOT NULL DEFAULT '', order_in_session bigint NOT NULL DEFAULT 0, engaged_time bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE);
CREATE INDEX page_view_of_contact ON page_view (tenant_id, contact_id);

-- What the system has done.
CREATE TABLE action (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid, contract_id uuid, invoice_id uuid, interaction_event_id uuid, created_by_id uuid,
  type text COLLATE "C" NOT NULL, content text, metadata jsonb,
  PRIMARY KEY (tenant_id, id), CHECK (num_nonnulls(organization_id, contract_id, invoice_id, interaction_event_id) = 1),
  FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, contract_id) REFERENCES contract,
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice, FOREIGN KEY (tenant_id, interaction_event_id) REFERENCES interaction_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX action_of_organization ON action (tenant_id, organization_id, type) WHERE organization_id IS NOT NULL;
CREATE INDEX action_of_contract ON action (tenant_id, contract_id) WHERE contract_id IS NOT NULL;
CREATE INDEX action_of_interaction_event ON action (tenant_id, interaction_event_id) WHERE interaction_event_id IS NOT NULL;
CREATE UNIQUE INDEX action_one_per_invoice_and_type ON action (tenant_id, invoice_id, type) WHERE invoice_id IS NOT NULL;
CREATE UNIQUE INDEX action_one_created ON action (tenant_id, organization_id) WHERE type = 'CREATED' AND organization_id IS NOT NULL;
CREATE TABLE markdown_event (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid, contact_id uuid, content text,
  PRIMARY KEY (tenant_id, id), CHECK (num_nonnulls(organization_id, contact_id) = 1), FOREIGN KEY (tenant_id, id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE);
CREATE INDEX markdown_event_of_organization ON markdown_event (tenant_id, organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX markdown_event_of_contact ON markdown_event (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE comment (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  issue_id uuid NOT NULL, created_by_id uuid, content text, content_type text,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, issue_id) REFERENCES issue ON DELETE CASCADE, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX comment_of_issue ON comment (tenant_id, issue_id, created_at);
CREATE TABLE action_item (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  interaction_event_id uuid NOT NULL, content text NOT NULL,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, interaction_event_id) REFERENCES interaction_event ON DELETE CASCADE);
CREATE INDEX action_item_of_event ON action_item (tenant_id, interaction_event_id, created_at);

-- One of six kinds of participant in one role. subject_id repeats whichever is set, for the key.
CREATE TABLE timeline_event_participant (
  tenant_id integer NOT NULL, timeline_event_id uuid NOT NULL,
  role text COLLATE "C" NOT NULL CHECK (role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY', 'SUBMITTED_BY', 'REPORTED_BY', 'ASSIGNED_TO', 'FOLLOWED_BY')),
  email_id uuid, phone_number_id uuid, contact_id uuid, user_id uuid, organization_id uuid, job_role_id uuid,
  subject_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(email_id, phone_number_id, contact_id, user_id, organization_id, job_role_id)) STORED,
  type text, position integer NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, timeline_event_id, role, subject_id),
  CHECK (num_nonnulls(email_id, phone_number_id, contact_id, user_id, organization_id, job_role_id) = 1),
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE, FOREIGN KEY (tenant_id, phone_number_id) REFERENCES phone_number ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, user_id) REFERENCES app_user,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, job_role_id) REFERENCES job_role ON DELETE CASCADE);
-- Each row is in one of these six.
CREATE INDEX participant_by_email ON timeline_event_participant (tenant_id, email_id, role, timeline_event_id) WHERE email_id IS NOT NULL;
CREATE INDEX participant_by_phone_number ON timeline_event_participant (tenant_id, phone_number_id, role, timeline_event_id) WHERE phone_number_id IS NOT NULL;
CREATE INDEX participant_by_contact ON timeline_event_participant (tenant_id, contact_id, role, timeline_event_id) WHERE contact_id IS NOT NULL;
CREATE INDEX participant_by_user ON timeline_event_participant (tenant_id, user_id, role, timeline_event_id) WHERE user_id IS NOT NULL;
CREATE INDEX participant_by_organization ON timeline_event_participant (tenant_id, organization_id, role, timeline_event_id) WHERE organization_id IS NOT NULL;
CREATE INDEX participant_by_job_role ON timeline_event_participant (tenant_id, job_role_id, role, timeline_event_id) WHERE job_role_id IS NOT NULL;
CREATE TABLE timeline_event_tag (
  tenant_id integer NOT NULL, timeline_event_id uuid NOT NULL, tag_id uuid NOT NULL, tagged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, timeline_event_id, tag_id),
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE, FOREIGN KEY (tenant_id, tag_id) REFERENCES tag ON DELETE CASCADE);
CREATE INDEX timeline_event_tag_reverse ON timeline_event_tag (tenant_id, tag_id, timeline_event_id);
CREATE TABLE meeting_location (
  tenant_id integer NOT NULL, meeting_id uuid NOT NULL, location_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, meeting_id, location_id),
  FOREIGN KEY (tenant_id, meeting_id) REFERENCES meeting ON DELETE CASCADE, FOREIGN KEY (tenant_id, location_id) REFERENCES location ON DELETE CASCADE);
CREATE INDEX meeting_location_reverse ON meeting_location (tenant_id, location_id, meeting_id);

-- The merged timelines: a row for each owner and visible event, so that a page is one range of an index.
CREATE TABLE organization_timeline (
  tenant_id integer NOT NULL, timeline_event_id uuid NOT NULL, organization_id uuid NOT NULL, kind text COLLATE "C" NOT NULL, occurred_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, timeline_event_id, organization_id),
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE);
CREATE INDEX organization_timeline_page ON organization_timeline (tenant_id, organization_id, occurred_at, timeline_event_id) INCLUDE (kind)
  WHERE kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY');
CREATE INDEX organization_timeline_by_kind ON organization_timeline (tenant_id, organization_id, kind, occurred_at, timeline_event_id);
CREATE TABLE contact_timeline (
  tenant_id integer NOT NULL, timeline_event_id uuid NOT NULL, contact_id uuid NOT NULL, kind text COLLATE "C" NOT NULL, occurred_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, timeline_event_id, contact_id),
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE);
CREATE INDEX contact_timeline_page ON contact_timeline (tenant_id, contact_id, occurred_at, timeline_event_id) INCLUDE (kind)
  WHERE kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY');
CREATE INDEX contact_timeline_by_kind ON contact_timeline (tenant_id, contact_id, kind, occurred_at, timeline_event_id);
ALTER TABLE organization ADD FOREIGN KEY (tenant_id, last_touchpoint_id) REFERENCES timeline_event;

-- Which links put an event on a timeline is said by the views and nowhere else. This one: an event, and the events it
-- contains or is part of.
CREATE VIEW timeline_event_reach AS
  SELECT tenant_id, id AS timeline_event_id, id AS reached_id FROM timeline_event
  UNION ALL SELECT tenant_id, id, interaction_session_id FROM interaction_event WHERE interaction_session_id IS NOT NULL
  UNION ALL SELECT tenant_id, id, meeting_id FROM interaction_event WHERE meeting_id IS NOT NULL
  UNION ALL SELECT tenant_id, id, issue_id FROM interaction_event WHERE issue_id IS NOT NULL
  UNION ALL SELECT tenant_id, interaction_session_id, id FROM interaction_event WHERE interaction_session_id IS NOT NULL
  UNION ALL SELECT tenant_id, meeting_id, id FROM interaction_event WHERE meeting_id IS NOT NULL
  UNION ALL SELECT tenant_id, issue_id, id FROM interaction_event WHERE issue_id IS NOT NULL;
-- The events of a contact, through itself, its addresses and its visits.
CREATE VIEW contact_took_part AS
  SELECT tenant_id, contact_id, timeline_event_id FROM timeline_event_participant
    WHERE contact_id IS NOT NULL AND role IN ('SENT_BY', 'SENT_TO', 'REPORTED_BY', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN contact_email l ON l.tenant_id = p.tenant_id AND l.email_id = p.email_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN contact_phone_number l ON l.tenant_id = p.tenant_id AND l.phone_number_id = p.phone_number_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT tenant_id, contact_id, id FROM page_view
  UNION ALL SELECT tenant_id, contact_id, id FROM note WHERE contact_id IS NOT NULL
  UNION ALL SELECT tenant_id, contact_id, id FROM markdown_event WHERE contact_id IS NOT NULL;
-- The events of an organization through its own addresses and its job roles.
CREATE VIEW organization_took_part AS
  SELECT p.tenant_id, l.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN organization_email l ON l.tenant_id = p.tenant_id AND l.email_id = p.email_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN organization_phone_number l ON l.tenant_id = p.tenant_id AND l.phone_number_id = p.phone_number_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, j.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN job_role j ON j.tenant_id = p.tenant_id AND j.id = p.job_role_id AND j.organization_id IS NOT NULL WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY');
-- Events that count for themselves, without what they are part of.
CREATE VIEW contact_named AS
  SELECT p.tenant_id, j.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN job_role j ON j.tenant_id = p.tenant_id AND j.id = p.job_role_id AND j.contact_id IS NOT NULL WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY');
CREATE VIEW organization_named AS
  SELECT tenant_id, organization_id, timeline_event_id FROM timeline_event_participant
    WHERE organization_id IS NOT NULL AND role IN ('SENT_BY', 'SENT_TO', 'REPORTED_BY')
  UNION ALL SELECT tenant_id, organization_id, id FROM log_entry
  UNION ALL SELECT tenant_id, organization_id, id FROM note WHERE organization_id IS NOT NULL
  UNION ALL SELECT tenant_id, organization_id, id FROM markdown_event WHERE organization_id IS NOT NULL
  UNION ALL SELECT tenant_id, organization_id, id FROM action WHERE organization_id IS NOT NULL
  UNION ALL SELECT a.tenant_id, c.organization_id, a.id FROM action a JOIN contract c ON c.tenant_id = a.tenant_id AND c.id = a.contract_id
  UNION ALL SELECT a.tenant_id, c.organization_id, a.id FROM action a JOIN invoice i ON i.tenant_id = a.tenant_id AND i.id = a.invoice_id
    JOIN contract c ON c.tenant_id = i.tenant_id AND c.id = i.contract_id;
-- The whole rule at once, to fill and to check the timelines.
CREATE VIEW contact_timeline_rule AS
  SELECT t.tenant_id, t.contact_id, r.reached_id AS timeline_event_id FROM contact_took_part t
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT tenant_id, contact_id, timeline_event_id FROM contact_named;
CREATE VIEW organization_timeline_rule AS
  SELECT t.tenant_id, j.organization_id, r.reached_id AS timeline_event_id FROM contact_took_part t
    JOIN job_role j ON j.tenant_id = t.tenant_id AND j.contact_id = t.contact_id AND j.organization_id IS NOT NULL
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT t.tenant_id, t.organization_id, r.reached_id FROM organization_took_part t
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT tenant_id, organization_id, timeline_event_id FROM organization_named;

-- The procedures renew stored rows in the transaction that changed their causes. Take several owners in the order of
-- their ids.
CREATE PROCEDURE timeline_refresh_event(p_tenant integer, p_event uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[]; contacts uuid[];
BEGIN
  DELETE FROM organization_timeline WHERE tenant_id = p_tenant AND timeline_event_id = p_event;
  DELETE FROM contact_timeline WHERE tenant_id = p_tenant AND timeline_event_id = p_event;
  near := ARRAY(SELECT timeline_event_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND reached_id = p_event);
  contacts := ARRAY(SELECT DISTINCT contact_id FROM contact_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near));
  INSERT INTO contact_timeline
    SELECT p_tenant, p_event, owner.id, e.kind, e.occurred_at FROM timeline_event e, (
      SELECT unnest(contacts) AS id
      UNION SELECT contact_id FROM contact_named WHERE tenant_id = p_tenant AND timeline_event_id = p_event) owner
    WHERE e.tenant_id = p_tenant AND e.id = p_event AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
  INSERT INTO organization_timeline
    SELECT p_tenant, p_event, owner.id, e.kind, e.occurred_at FROM timeline_event e, (
      SELECT organization_id AS id FROM job_role WHERE tenant_id = p_tenant AND contact_id = ANY (contacts) AND organization_id IS NOT NULL
      UNION SELECT organization_id FROM organization_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT organization_id FROM organization_named WHERE tenant_id = p_tenant AND timeline_event_id = p_event) owner
    WHERE e.tenant_id = p_tenant AND e.id = p_event AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
CREATE PROCEDURE timeline_refresh_contact(p_tenant integer, p_contact uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[];
BEGIN
  PERFORM 1 FROM contact WHERE tenant_id = p_tenant AND id = p_contact FOR NO KEY UPDATE;
  DELETE FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = p_contact;
  near := ARRAY(SELECT DISTINCT timeline_event_id FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = p_contact);
  INSERT INTO contact_timeline
    SELECT p_tenant, e.id, p_contact, e.kind, e.occurred_at FROM timeline_event e JOIN (
      SELECT reached_id AS id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT timeline_event_id FROM contact_named WHERE tenant_id = p_tenant AND contact_id = p_contact) reached USING (id)
    WHERE e.tenant_id = p_tenant AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
CREATE PROCEDURE timeline_refresh_organization(p_tenant integer, p_organization uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[]; contacts uuid[];
BEGIN
  PERFORM 1 FROM organization WHERE tenant_id = p_tenant AND id = p_organization FOR NO KEY UPDATE;
  DELETE FROM organization_timeline WHERE tenant_id = p_tenant AND organization_id = p_organization;
  contacts := ARRAY(SELECT DISTINCT contact_id FROM job_role WHERE tenant_id = p_tenant AND organization_id = p_organization AND contact_id IS NOT NULL);
  near := ARRAY(SELECT timeline_event_id FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = ANY (contacts)
                UNION SELECT timeline_event_id FROM organization_took_part WHERE tenant_id = p_tenant AND organization_id = p_organization);
  INSERT INTO organization_timeline
    SELECT p_tenant, e.id, p_organization, e.kind, e.occurred_at FROM timeline_event e JOIN (
      SELECT reached_id AS id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT timeline_event_id FROM organization_named WHERE tenant_id = p_tenant AND organization_id = p_organization) reached USING (id)
    WHERE e.tenant_id = p_tenant AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
