-- Texts that identify something are compared in Unicode's Normalization Form C, names of hosts by UTS 46. What becomes equal is joined by
-- the rules of the merges: the oldest row stays and takes the links of the others, and what was primary stays so. Joins are counted in
-- `migration_note`. Older programs may run beside this: `fold` keeps its name and type, and the tables that they read stay until the next release.

-- MARK: The forms

-- RFC 3492. A label that is no code of anything stays as it is.
CREATE FUNCTION pg_temp.punycode_decode(label text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  code text := substr(label, 5);
  points integer[] := '{}';
  basic integer; position integer := 1; point bigint := 128; place bigint := 0; bias integer := 72;
  start bigint; weight bigint; step integer; digit integer; threshold integer; delta bigint; rounds integer;
BEGIN
  IF label NOT LIKE 'xn--%' THEN RETURN label; END IF;
  basic := length(code) - strpos(reverse(code), '-');
  IF strpos(code, '-') > 0 THEN
    FOR i IN 1..basic LOOP points := points || ascii(substr(code, i, 1)); END LOOP;
    position := basic + 2;
  END IF;
  WHILE position <= length(code) LOOP
    start := place; weight := 1; step := 36;
    LOOP
      digit := strpos('abcdefghijklmnopqrstuvwxyz0123456789', substr(code, position, 1)) - 1;
      IF position > length(code) OR digit < 0 THEN RETURN label; END IF;
      position := position + 1;
      place := place + digit * weight;
      threshold := least(greatest(step - bias, 1), 26);
      EXIT WHEN digit < threshold;
      weight := weight * (36 - threshold);
      step := step + 36;
      IF weight > 1000000000000 OR place > 1000000000000 THEN RETURN label; END IF;
    END LOOP;
    delta := (place - start) / CASE WHEN start = 0 THEN 700 ELSE 2 END;
    delta := delta + delta / (cardinality(points) + 1);
    rounds := 0;
    WHILE delta > 455 LOOP delta := delta / 35; rounds := rounds + 36; END LOOP;
    bias := rounds + 36 * delta / (delta + 38);
    point := point + place / (cardinality(points) + 1);
    place := place % (cardinality(points) + 1);
    IF point > 1114111 OR point BETWEEN 55296 AND 57343 THEN RETURN label; END IF;
    points := points[:place] || point::integer || points[place + 1:];
    place := place + 1;
  END LOOP;
  RETURN (SELECT string_agg(chr(p), '' ORDER BY n) FROM unnest(points) WITH ORDINALITY AS given (p, n));
END $$;

CREATE FUNCTION pg_temp.punycode_encode(label text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  points integer[] := ARRAY(SELECT ascii(c) FROM regexp_split_to_table(label, '') WITH ORDINALITY AS given (c, n) ORDER BY n);
  output text := regexp_replace(label, '[^[:ascii:]]', '', 'g');
  basic integer := length(output); handled integer := length(output);
  point bigint := 128; delta bigint := 0; bias integer := 72;
  least_point bigint; rest bigint; step integer; threshold integer; change bigint; rounds integer; p integer;
BEGIN
  IF octet_length(label) = length(label) THEN RETURN label; END IF;
  IF basic > 0 THEN output := output || '-'; END IF;
  WHILE handled < cardinality(points) LOOP
    SELECT min(given) INTO least_point FROM unnest(points) given WHERE given >= point;
    delta := delta + (least_point - point) * (handled + 1);
    point := least_point;
    FOREACH p IN ARRAY points LOOP
      IF p < point THEN delta := delta + 1; END IF;
      IF p = point THEN
        rest := delta; step := 36;
        LOOP
          threshold := least(greatest(step - bias, 1), 26);
          EXIT WHEN rest < threshold;
          output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', (threshold + (rest - threshold) % (36 - threshold))::integer + 1, 1);
          rest := (rest - threshold) / (36 - threshold);
          step := step + 36;
        END LOOP;
        output := output || substr('abcdefghijklmnopqrstuvwxyz0123456789', rest::integer + 1, 1);
        change := delta / CASE WHEN handled = basic THEN 700 ELSE 2 END;
        change := change + change / (handled + 1);
        rounds := 0;
        WHILE change > 455 LOOP change := change / 35; rounds := rounds + 36; END LOOP;
        bias := rounds + 36 * change / (change + 38);
        delta := 0;
        handled := handled + 1;
      END IF;
    END LOOP;
    delta := delta + 1;
    point := point + 1;
  END LOOP;
  RETURN 'xn--' || output;
END $$;

-- The name of a host in Unicode, as UTS 46 maps it: NFKC and lower case, without what cannot be seen.
CREATE FUNCTION pg_temp.host(name text) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(normalize(lower(normalize(regexp_replace(pg_temp.punycode_decode(lower(label COLLATE "und-x-icu")),
    U&'[\00AD\034F\180B-\180D\200B\2060\2064\FE00-\FE0F\FEFF]', '', 'g'), NFKC) COLLATE "und-x-icu")), '.' ORDER BY place)
  FROM regexp_split_to_table(translate(name, U&'\3002\FF0E\FF61', '...'), '[.]') WITH ORDINALITY AS given (label, place)
$$;

CREATE FUNCTION pg_temp.ascii_host(name text) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(pg_temp.punycode_encode(label), '.' ORDER BY place)
  FROM regexp_split_to_table(pg_temp.host(name), '[.]') WITH ORDINALITY AS given (label, place)
$$;

-- Lower case by the rules of Unicode, then Normalization Form C: the order makes one step of the two that Unicode's definition of
-- canonical caseless matching has, since lower case keeps equivalent texts equivalent. Texts of ASCII, most of them, need neither.
CREATE FUNCTION pg_temp.folded(value text) RETURNS text LANGUAGE sql AS $$ SELECT replace(normalize(lower(value COLLATE "und-x-icu")) COLLATE "C", 'ς', 'σ') $$;

-- Without blanks at the ends, also those of Unicode.
CREATE FUNCTION pg_temp.trimmed(value text) RETURNS text LANGUAGE sql AS $$
  SELECT regexp_replace(value, U&'^[\0009-\000D\0020\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+|[\0009-\000D\0020\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+$', '', 'g')
$$;

-- RFC 3986 section 2.1. What stands in `kept` stays escaped, and everything where the bytes are no UTF-8.
CREATE FUNCTION pg_temp.percent_decoded(value text, kept text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF strpos(value, '%') = 0 THEN RETURN value; END IF;
  BEGIN
    RETURN convert_from((SELECT string_agg(CASE WHEN part ~ '^%[0-9A-Fa-f]{2}$' AND strpos(kept || '%00', upper(part)) = 0
      THEN decode(substr(part, 2), 'hex') ELSE convert_to(part, 'UTF8') END, '' ORDER BY place)
      FROM regexp_matches(value, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY AS given (parts, place), unnest(parts) part), 'UTF8');
  EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN RETURN value;
  END;
END $$;

-- What cannot be seen comes along with what is copied from web pages.
CREATE FUNCTION pg_temp.visible(value text) RETURNS text LANGUAGE sql AS $$
  SELECT pg_temp.trimmed(normalize(regexp_replace(value, U&'[\00AD\200B\2060\FEFF]', '', 'g')))
$$;

CREATE FUNCTION pg_temp.without_scheme(value text) RETURNS text LANGUAGE sql AS $$
  SELECT CASE WHEN value ~* '^mailto:' THEN pg_temp.visible(pg_temp.percent_decoded(split_part(substr(value, 8), '?', 1), '')) ELSE value END
$$;

CREATE FUNCTION pg_temp.without_separators(value text) RETURNS text LANGUAGE sql AS $$
  SELECT regexp_replace(value, U&'[.,;\0009-\000D\0020\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+$', '')
$$;

-- A text that is one address and nothing else, with its host in Unicode; null for others.
CREATE FUNCTION pg_temp.bare_address(value text) RETURNS text LANGUAGE sql AS $$
  SELECT CASE WHEN local ~ U&'^[^][\0001-\0020@<>(),;:\\"\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+$' AND local !~ '^[.]|[.]$|[.][.]' AND host !~ '_|[.][.]|^[.]'
    AND host ~ U&'^[^[:space:]]+[.][^.0-9]*[^.0-9-][^.]*$' THEN local || '@' || pg_temp.host(host) END
  FROM (SELECT split_part(value, '@', 1) AS local, split_part(value, '@', 2) AS host WHERE value ~ '^[^@]+@[^@]+$') parts
$$;

-- An address as a mail program would send to it; what is no single address stays as it is, apart from blanks at its ends.
CREATE FUNCTION pg_temp.address(given text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  value text := pg_temp.without_separators(pg_temp.without_scheme(pg_temp.visible(given)));
  name text := ''; address text;
BEGIN
  IF value ~ '<[^<]*>$' THEN
    name := regexp_replace(value, '<[^<]*>$', '');
    value := pg_temp.without_scheme(pg_temp.visible(substring(value FROM '<([^<]*)>$')));
  ELSIF value ~ '[(][^(]*[)]$' THEN
    name := substring(value FROM '[(][^(]*[)]$');
    value := pg_temp.visible(regexp_replace(value, '[(][^(]*[)]$', ''));
  END IF;
  address := pg_temp.bare_address(pg_temp.without_separators(value));
  -- Another address in the name would be lost.
  IF address IS NULL OR strpos(name, '@') > 0 AND EXISTS (
    SELECT FROM regexp_split_to_table(name, U&'[][,;:|<>()"\0009-\000D\0020\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+') word
    WHERE pg_temp.folded(pg_temp.bare_address(pg_temp.without_separators(btrim(word, '''')))) <> pg_temp.folded(address))
  THEN RETURN pg_temp.trimmed(normalize(given)); END IF;
  RETURN address;
END $$;

-- MARK: E-mail addresses

CREATE TEMPORARY TABLE address ON COMMIT DROP AS
SELECT tenant_id, id, created_at, pg_temp.address(raw_email) AS raw_email,
  CASE WHEN email = '' THEN '' ELSE pg_temp.folded(pg_temp.address(email)) END AS email,
  pg_temp.folded(pg_temp.address(raw_email)) AS key
FROM email WHERE raw_email ~* '[^[:ascii:]]|xn--|[<>(),;:[:space:]]|[.]$' OR email ~* '[^[:ascii:]]|xn--|[<>(),;:[:space:]]|[.]$';
-- What others have already in the form that one of these gets.
INSERT INTO address SELECT e.tenant_id, e.id, e.created_at, e.raw_email, e.email, a.key FROM (SELECT DISTINCT tenant_id, key FROM address) a
JOIN email e ON e.tenant_id = a.tenant_id AND fold(e.raw_email) = a.key WHERE NOT EXISTS (SELECT FROM address o WHERE o.tenant_id = e.tenant_id AND o.id = e.id);

CREATE TEMPORARY TABLE joined_email ON COMMIT DROP AS
SELECT tenant_id, id, kept_id FROM (SELECT tenant_id, id, first_value(id) OVER (PARTITION BY tenant_id, key ORDER BY created_at, id) AS kept_id FROM address) ranked
WHERE id <> kept_id;

-- The owners' links and the parts in events of what is joined go to the row that stays, and the others go.
CREATE PROCEDURE pg_temp.join_links(child text) LANGUAGE plpgsql AS $$
DECLARE
  owner text;
BEGIN
  FOREACH owner IN ARRAY ARRAY['contact', 'organization', 'user'] LOOP
    -- The primary one comes last, so that there are never two.
    EXECUTE format(
      'CREATE TEMPORARY TABLE moved ON COMMIT DROP AS WITH gone AS (DELETE FROM %1$I l USING %2$I j WHERE l.tenant_id = j.tenant_id AND l.%3$I = j.id '
      'RETURNING l.*, j.kept_id) SELECT tenant_id, %4$I AS owner_id, kept_id, bool_or(is_primary) AS is_primary, min(label) AS label, '
      'min(created_at) AS created_at FROM gone GROUP BY tenant_id, %4$I, kept_id', owner || '_' || child, 'joined_' || child, child || '_id', owner || '_id');
    EXECUTE format(
      'INSERT INTO %1$I (tenant_id, %2$I, %3$I, is_primary, label, created_at) SELECT tenant_id, owner_id, kept_id, is_primary, label, created_at '
      'FROM moved ON CONFLICT (tenant_id, %2$I, %3$I) DO UPDATE SET is_primary = %1$I.is_primary OR excluded.is_primary, '
      'label = coalesce(%1$I.label, excluded.label)', owner || '_' || child, owner || '_id', child || '_id');
    DROP TABLE moved;
  END LOOP;
  EXECUTE format(
    'INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, %2$I, type, position) '
    'SELECT p.tenant_id, p.timeline_event_id, p.role, j.kept_id, min(p.type), min(p.position) FROM timeline_event_participant p '
    'JOIN %1$I j ON j.tenant_id = p.tenant_id AND j.id = p.%2$I GROUP BY 1, 2, 3, 4 ON CONFLICT DO NOTHING', 'joined_' || child, child || '_id');
  EXECUTE format('DELETE FROM %1$I e USING %2$I j WHERE e.tenant_id = j.tenant_id AND e.id = j.id', child, 'joined_' || child);
END $$;

INSERT INTO billing_profile_email SELECT (jsonb_populate_record(b, jsonb_build_object('email_id', j.kept_id))).* FROM billing_profile_email b
JOIN joined_email j ON j.tenant_id = b.tenant_id AND j.id = b.email_id ON CONFLICT DO NOTHING;
INSERT INTO email_validation SELECT DISTINCT ON (v.tenant_id, j.kept_id) (jsonb_populate_record(v, jsonb_build_object('email_id', j.kept_id))).*
FROM email_validation v JOIN joined_email j ON j.tenant_id = v.tenant_id AND j.id = v.email_id ORDER BY v.tenant_id, j.kept_id, v.validated_at DESC ON CONFLICT DO NOTHING;
CALL pg_temp.join_links('email');
UPDATE email e SET raw_email = a.raw_email, email = a.email, updated_at = now() FROM address a
WHERE e.tenant_id = a.tenant_id AND e.id = a.id AND (e.raw_email, e.email) IS DISTINCT FROM (a.raw_email, a.email);

-- MARK: Tags

-- As names are kept: without blanks at the ends, one between words.
CREATE FUNCTION pg_temp.name(value text) RETURNS text LANGUAGE sql AS $$
  SELECT coalesce(nullif(pg_temp.trimmed(regexp_replace(normalize(value), U&'[\0009-\000D\0020\0085\00A0\1680\2000-\200A\2028\2029\202F\205F\3000]+', ' ', 'g')), ''), value)
$$;

CREATE TEMPORARY TABLE joined_tag ON COMMIT DROP AS
SELECT tenant_id, id, kept_id FROM (SELECT tenant_id, id, first_value(id) OVER (PARTITION BY tenant_id, pg_temp.name(name) ORDER BY created_at, id) AS kept_id FROM tag) ranked
WHERE id <> kept_id;

DO $$
DECLARE
  link text; owner text;
BEGIN
  FOREACH link IN ARRAY ARRAY['contact_tag', 'organization_tag', 'opportunity_tag', 'contract_tag', 'timeline_event_tag'] LOOP
    owner := replace(link, 'tag', 'id');
    EXECUTE format(
      'INSERT INTO %1$I (tenant_id, %2$I, tag_id, tagged_at) SELECT l.tenant_id, l.%2$I, j.kept_id, min(l.tagged_at) FROM %1$I l '
      'JOIN joined_tag j ON j.tenant_id = l.tenant_id AND j.id = l.tag_id GROUP BY 1, 2, 3 ON CONFLICT DO NOTHING', link, owner);
  END LOOP;
END $$;
DELETE FROM tag t USING joined_tag j WHERE t.tenant_id = j.tenant_id AND t.id = j.id;
UPDATE tag SET name = pg_temp.name(name), updated_at = now() WHERE name <> pg_temp.name(name);

-- MARK: Domains

-- Of two organizations whose domains are one, the older keeps it: two companies are not made one here, which only a person can decide.
CREATE TEMPORARY TABLE spelling ON COMMIT DROP AS
SELECT d.tenant_id, d.domain, pg_temp.ascii_host(d.domain) AS name, o.created_at, o.id FROM organization_domain d
JOIN organization o ON o.tenant_id = d.tenant_id AND o.id = d.organization_id WHERE d.domain LIKE '%xn--%' OR d.domain ~ '[^a-z0-9._-]';
INSERT INTO spelling SELECT d.tenant_id, d.domain, d.domain, o.created_at, o.id FROM (SELECT DISTINCT tenant_id, name FROM spelling) s
JOIN organization_domain d ON d.tenant_id = s.tenant_id AND d.domain = s.name
JOIN organization o ON o.tenant_id = d.tenant_id AND o.id = d.organization_id
WHERE NOT EXISTS (SELECT FROM spelling k WHERE k.tenant_id = d.tenant_id AND k.domain = d.domain);
CREATE TEMPORARY TABLE joined_domain ON COMMIT DROP AS
SELECT tenant_id, domain FROM (SELECT tenant_id, domain, row_number() OVER (PARTITION BY tenant_id, name ORDER BY created_at, id, domain) AS rank FROM spelling) ranked
WHERE rank > 1;
DELETE FROM organization_domain d USING joined_domain j WHERE d.tenant_id = j.tenant_id AND d.domain = j.domain;
UPDATE organization_domain d SET domain = s.name FROM spelling s WHERE d.tenant_id = s.tenant_id AND d.domain = s.domain AND d.domain <> s.name;

-- MARK: Profiles

UPDATE social SET url_key = normalize(url_key), updated_at = now() WHERE url_key IS NOT NORMALIZED;
-- The same profiles as seen in a message of LinkedIn's, on a telephone, by a salesperson, and with letters that were escaped.
CREATE TEMPORARY TABLE profile ON COMMIT DROP AS
SELECT tenant_id, id, alias, 'linkedin.com/' || CASE WHEN section IN ('in', 'pub', 'lead', 'people') THEN 'in' ELSE 'company' END || '/' || pg_temp.folded(alias) AS url_key
FROM (SELECT tenant_id, id, lower(coalesce(parts[1], parts[2])) AS section, normalize(pg_temp.percent_decoded(
    CASE WHEN lower(parts[1]) IN ('lead', 'people') THEN split_part(parts[3], ',', 1) ELSE parts[3] END, '%25%2F%3F%23')) AS alias
  FROM (SELECT tenant_id, id, regexp_match(url, '^https?://(?:(?:www|m|mobile)[.])*(?:[a-z0-9-]{2}[.])?linkedin[.]com(?::[0-9]*)?/+(?:(?:comm|mwlite)/+)*'
      '(?:sales/+(lead|people|company)|(in|pub|company|school|showcase))/+([^/?#]+)', 'i') AS parts
    FROM social WHERE url_key LIKE 'linkedin.com/%' AND (url_key LIKE ANY (ARRAY['linkedin.com/comm/%', 'linkedin.com/mwlite/%', 'linkedin.com/sales/%']) OR strpos(url, '%') > 0)
    ) given WHERE parts IS NOT NULL) named
WHERE alias <> '';
DELETE FROM profile p USING social s WHERE s.tenant_id = p.tenant_id AND s.id = p.id AND s.url_key = p.url_key;
UPDATE social s SET url_key = p.url_key, alias = p.alias, updated_at = now() FROM profile p WHERE s.tenant_id = p.tenant_id AND s.id = p.id;

-- Profiles belong to one record, which has each once.
CREATE TEMPORARY TABLE joined_social ON COMMIT DROP AS
SELECT tenant_id, id, kept_id, owner_id FROM (
  SELECT l.tenant_id, s.id, l.owner_id, first_value(s.id) OVER (PARTITION BY l.tenant_id, l.owner_id, s.url_key ORDER BY s.created_at, s.id) AS kept_id
  FROM (SELECT tenant_id, contact_id AS owner_id, social_id FROM contact_social UNION ALL SELECT tenant_id, organization_id, social_id FROM organization_social) l
  JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id
  WHERE (s.tenant_id, s.url_key) IN (SELECT tenant_id, url_key FROM profile)) ranked
WHERE id <> kept_id;
DELETE FROM contact_social l USING joined_social j WHERE l.tenant_id = j.tenant_id AND l.contact_id = j.owner_id AND l.social_id = j.id;
DELETE FROM organization_social l USING joined_social j WHERE l.tenant_id = j.tenant_id AND l.organization_id = j.owner_id AND l.social_id = j.id;
UPDATE social s SET external_id = coalesce(nullif(s.external_id, ''), gone.external_id), followers_count = greatest(s.followers_count, gone.followers_count)
FROM (SELECT j.tenant_id, j.kept_id, max(g.external_id) AS external_id, max(g.followers_count) AS followers_count FROM joined_social j
  JOIN social g ON g.tenant_id = j.tenant_id AND g.id = j.id GROUP BY 1, 2) gone
WHERE s.tenant_id = gone.tenant_id AND s.id = gone.kept_id;
DELETE FROM social s USING joined_social j WHERE s.tenant_id = j.tenant_id AND s.id = j.id
AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = s.tenant_id AND l.social_id = s.id)
AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = s.tenant_id AND l.social_id = s.id);

-- MARK: The comparison itself

CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text COLLATE "C";
BEGIN
  IF octet_length(value) = length(value) THEN RETURN lower(value COLLATE "C"); END IF;
  -- A sigma at the end of a word is one like the others: what is a word's end, libraries see differently.
  folded := replace(lower(value COLLATE "und-x-icu") COLLATE "C", 'ς', 'σ');
  IF folded IS NORMALIZED THEN RETURN folded; END IF;
  RETURN normalize(folded);
END $$;

DO $$
DECLARE
  index regclass;
BEGIN
  FOR index IN SELECT DISTINCT d.objid::regclass FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'i'
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'fold(text)'::regprocedure
  LOOP
    EXECUTE format('REINDEX INDEX %s', index);
  END LOOP;
END $$;

DELETE FROM workspace_access a USING workspace_access o
WHERE a.tenant_id = o.tenant_id AND fold(a.user_email) = fold(o.user_email) AND a.user_email > o.user_email;
UPDATE workspace_access SET user_email = fold(user_email) WHERE user_email <> fold(user_email);

-- MARK: Phone numbers

-- A line may have several numbers behind it, which are told apart by their extensions.
ALTER TABLE phone_number ADD extension text COLLATE "C" NOT NULL DEFAULT '';
DROP INDEX phone_number_by_number;
CREATE UNIQUE INDEX phone_number_by_number ON phone_number (tenant_id, coalesce(e164, raw_phone_number), extension);
-- Until now such a number was known by its text.
CREATE TEMPORARY TABLE number ON COMMIT DROP AS
SELECT tenant_id, id, line, parts[2] AS extension, first_value(id) OVER (PARTITION BY tenant_id, line, parts[2] ORDER BY created_at, id) AS kept_id
FROM (SELECT tenant_id, id, created_at, parts, '+' || regexp_replace(parts[1], '[^0-9]', '', 'g') AS line
  FROM (SELECT tenant_id, id, created_at, regexp_match(raw_phone_number, '^[+]([1-9][0-9 .-]*[0-9]) *(?:x|ext[.]?|;ext=) *([0-9]{1,7})$', 'i') AS parts
    FROM phone_number WHERE e164 IS NULL) written WHERE parts IS NOT NULL) given
WHERE length(line) BETWEEN 9 AND 16;
CREATE TEMPORARY TABLE joined_phone_number ON COMMIT DROP AS SELECT tenant_id, id, kept_id FROM number WHERE id <> kept_id;
UPDATE phone_number p SET e164 = n.line, extension = n.extension, updated_at = now() FROM number n
WHERE p.tenant_id = n.tenant_id AND p.id = n.id AND n.id = n.kept_id;
CALL pg_temp.join_links('phone_number');

-- MARK: What follows

-- What was said through a joined address or number is on the timelines of all who have it now.
DO $$
DECLARE
  tenant integer; emails uuid[]; numbers uuid[]; contacts uuid[]; organizations uuid[];
BEGIN
  FOR tenant, emails, numbers IN
    SELECT tenant_id, coalesce(array_agg(DISTINCT email) FILTER (WHERE email IS NOT NULL), '{}'), coalesce(array_agg(DISTINCT number) FILTER (WHERE number IS NOT NULL), '{}')
    FROM (SELECT tenant_id, kept_id AS email, NULL::uuid AS number FROM joined_email UNION ALL SELECT tenant_id, NULL, kept_id FROM joined_phone_number) joined GROUP BY tenant_id
  LOOP
    contacts := ARRAY(SELECT contact_id FROM contact_email WHERE tenant_id = tenant AND email_id = ANY (emails)
      UNION SELECT contact_id FROM contact_phone_number WHERE tenant_id = tenant AND phone_number_id = ANY (numbers));
    organizations := ARRAY(SELECT organization_id FROM organization_email WHERE tenant_id = tenant AND email_id = ANY (emails)
      UNION SELECT organization_id FROM organization_phone_number WHERE tenant_id = tenant AND phone_number_id = ANY (numbers));
    CALL timeline_refresh_addresses(tenant, contacts, organizations, emails, numbers);
  END LOOP;
END $$;

INSERT INTO migration_note SELECT 100, kind || ' joined with equal ones', joins FROM (VALUES
  ('e-mail addresses', (SELECT count(*) FROM joined_email)), ('tags', (SELECT count(*) FROM joined_tag)), ('domains', (SELECT count(*) FROM joined_domain)),
  ('profiles of one record', (SELECT count(*) FROM joined_social)), ('phone numbers', (SELECT count(*) FROM joined_phone_number))) counted (kind, joins)
WHERE joins > 0;

-- MARK: Hosts that many share

-- What of a host says nothing about who someone is: what lies below it, the places within it, or all of it. The operator's list:
-- `customeros-api hosts` shows and changes it.
CREATE TABLE shared_host (
  host text COLLATE "C" NOT NULL CHECK (length(host) <= 253 AND host ~ '^[a-z0-9_-]+([.][a-z0-9_-]+)+$'),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('SUBDOMAINS', 'PATHS', 'ALL')),
  -- As the program asks for it.
  pattern text COLLATE "C" NOT NULL UNIQUE
    GENERATED ALWAYS AS (CASE kind WHEN 'SUBDOMAINS' THEN '*.' || host WHEN 'PATHS' THEN host || '/*' ELSE host END) STORED,
  PRIMARY KEY (host, kind));

INSERT INTO shared_host (host, kind) SELECT host, 'SUBDOMAINS' FROM regexp_split_to_table('
    000webhostapp.com acuityscheduling.com alibaba.com altervista.org amazonaws.com amplifyapp.com angelfire.com applytojob.com
    appspot.com as.me atlassian.net azurestaticapps.net azurewebsites.net b4a.app backblazeb2.com bamboohr.com bandcamp.com beehiiv.com
    bigcartel.com blogger.com blogspot.com booking-channel.com bookingkit.net booksy.com bravesites.com breezy.hr bsky.social bubble.io
    bubbleapps.io builderallwppro.com business.site canalblog.com canva.site carrd.co circle.so ck.page clickfunnels.com clickup.com
    cloudapp.net cloudfront.net company.site deskpro.com digitaloceanspaces.com discourse.group doodlekit.com dudaone.com durable.co
    dynamics.com e-monsite.com ecwid.com editorx.io elasticbeanstalk.com en.made-in-china.com etsy.com fandom.com firebaseapp.com fly.dev
    force.com framer.ai framer.app framer.website fresha.com freshdesk.com freshsales.io freshservice.com genbook.com geocities.com
    ghost.io gitbook.io github.io gitlab.io glide.page glitch.me godaddysites.com gumroad.com happyfox.com hatenablog.com
    helpscoutdocs.com herokuapp.com homestead.com hpage.com hs-sites.com hubspot.com hubspotpagebuilder.com indiamart.com instapage.com
    intercom-mail.com intercom.help jimdo.com jimdofree.com jimdosite.com jimdoweb.com kajabi.com kayako.com kinsta.cloud leadpages.co
    libsyn.com livejournal.com lovable.app lpages.co made-in-china.com mailchimpsites.com mailerpage.com mailerpage.io medium.com
    mindbodyonline.com mn.co monday.com mozello.com multiscreensite.com my-online.store my.canva.site my.salesforce.com my.site.com
    mybigcommerce.com myfreshworks.com myftpupload.com mykajabi.com myshopify.com mystrikingly.com myworkdayjobs.com netlify.app
    netlify.com ngrok-free.app ngrok.io ning.com notion.site now.sh odoo.com ondigitalocean.app onrender.com over-blog.com pagecloud.com
    pagedemo.co pages.dev pantheonsite.io personio.com personio.de pipedrive.com podbean.com podia.com readme.io readthedocs.io
    recruitee.com repl.co replit.app run.app secureserver.net setmore.com sharepoint.com shopify.com simplecast.com simplesite.com
    simplybook.me site123.me sitew.com slack.com softr.app square.site squarespace.com squareup.com statuspage.io storenvy.com
    streamlit.app strikingly.com substack.com surge.sh systeme.io teachable.com teamtailor.com thinkific.com tilda.ws tistory.com
    transistor.fm tripod.com trycloudflare.com tumblr.com typeform.com typepad.com ucoz.com ueniweb.com unbouncepages.com uservoice.com
    vercel.app web.app webador.com webflow.io webnode.com webnode.page webs.com weebly.com weebly.net weeblysite.com wix.com wixsite.com
    wixstudio.com wixstudio.io wordpress.com wordpress.org workable.com workers.dev wpengine.com wpenginepowered.com yola.com yolasite.com
    youcanbook.me zendesk.com zoho.site zohosites.com', '\s+') host WHERE host <> '';

INSERT INTO shared_host (host, kind) SELECT host, 'PATHS' FROM regexp_split_to_table('
    1drv.ms about.me academia.edu addons.mozilla.org airbnb.com airtable.com alibaba.com aliexpress.com allmylinks.com amazon.ca
    amazon.co.jp amazon.co.uk amazon.com amazon.com.au amazon.com.br amazon.com.mx amazon.de amazon.es amazon.fr amazon.in amazon.it
    amazon.nl amazon.pl amazon.se ameblo.jp anchor.fm angel.co angi.com apartments.com apollo.io appexchange.salesforce.com
    apply.workable.com apps.apple.com apps.microsoft.com apps.shopify.com appsource.microsoft.com archive.org autoscout24.de
    autotrader.com avvo.com bandcamp.com bbb.org beacons.ai behance.net bing.com bio.link bio.site bitbucket.org blogger.com bloomberg.com
    boards.greenhouse.io booking.com books.apple.com booksy.com bookwhen.com bsky.app builtin.com business.facebook.com buymeacoffee.com
    buzzsprout.com cal.com calendly.com campsite.bio canva.com capterra.com careers.smartrecruiters.com cars.com chrome.google.com
    chromewebstore.google.com classpass.com clutch.co coda.io companieshouse.gov.uk coursera.org craigslist.org crunchbase.com
    dasoertliche.de deliveroo.co.uk depop.com designrush.com discord.com dnb.com docs.google.com doctolib.de doctolib.fr doordash.com
    dribbble.com drive.google.com ebay-kleinanzeigen.de ebay.ca ebay.co.uk ebay.com ebay.com.au ebay.de ebay.es ebay.fr ebay.it etsy.com
    eventbrite.co.uk eventbrite.com eventbrite.de facebook.com faire.com fandom.com fb.com figma.com
    find-and-update.company-information.service.gov.uk fiverr.com flickr.com flow.page foursquare.com freelancer.com fresha.com g2.com
    gelbeseiten.de getapp.com github.com gitlab.com glassdoor.ca glassdoor.co.uk glassdoor.com glassdoor.de glassdoor.fr gofundme.com
    goodfirms.co google.ca google.co.in google.co.uk google.com google.com.au google.de google.es google.fr google.it google.nl
    groups.google.com grubhub.com gumroad.com gumtree.com healthgrades.com hoo.be houzz.com hub.docker.com imdb.com imgur.com
    immobilienscout24.de indeed.com indiamart.com indiegogo.com instagram.com intercom.help issuu.com itunes.apple.com jameda.de
    job-boards.greenhouse.io jobs.ashbyhq.com jobs.lever.co jobs.smartrecruiters.com jotform.com just-eat.co.uk justdial.com
    kickstarter.com kleinanzeigen.de ko-fi.com kununu.com lazada.sg lieferando.de line.me linkedin.cn linkedin.com linkin.bio linktr.ee
    lnk.bio loom.com lu.ma luma.com made-in-china.com mailchi.mp manta.com mapquest.com maps.apple.com maps.google.com
    marketplace.atlassian.com marketplace.microsoft.com mastodon.social medium.com meet.google.com meetup.com mercadolibre.com
    mercadolivre.com.br messenger.com milkshake.app miro.com mixcloud.com mobile.de monster.com msha.ke music.apple.com nextdoor.com
    northdata.com northdata.de note.com notion.so npmjs.com ok.ru onedrive.live.com open.spotify.com opencorporates.com openstreetmap.org
    opentable.co.uk opentable.com orcid.org owler.com pagesjaunes.fr paginegialle.it pastebin.com patreon.com peerspace.com pinterest.ca
    pinterest.co.uk pinterest.com pinterest.de pinterest.es pinterest.fr pinterest.it pitchbook.com play.google.com podcasts.apple.com
    poshmark.com prezi.com producthunt.com psychologytoday.com pypi.org quora.com rakuten.co.jp realtor.com redbubble.com reddit.com
    redfin.com researchgate.net rightmove.co.uk rocketreach.co scribd.com sharepoint.com shopee.com shopee.sg sites.google.com skool.com
    slack.com slideshare.net smartrecruiters.com snapchat.com softwareadvice.com solo.to sortlist.com soundcloud.com spotify.com
    stackoverflow.com stan.store stepstone.de strava.com substack.com surveymonkey.com taplink.cc tawk.to teams.microsoft.com theknot.com
    threads.com threads.net thumbtack.com tiktok.com toasttab.com tokopedia.com treatwell.co.uk trello.com tripadvisor.co.uk
    tripadvisor.com tripadvisor.de tripadvisor.fr trustpilot.com tumblr.com twitch.tv twitter.com typeform.com ubereats.com udemy.com
    upwork.com vagaro.com vimeo.com vk.com walmart.com wayfair.com waze.com web.archive.org wechat.com weddingwire.com weibo.com
    welcometothejungle.com wellfound.com wetransfer.com whatsapp.com wikidata.org wikimedia.org wikipedia.org wordpress.com wordpress.org
    x.com xing.com yell.com yellowpages.ca yellowpages.com yelp.ca yelp.co.uk yelp.com yelp.com.au yelp.de yelp.es yelp.fr yelp.ie yelp.it
    youtube.com zhihu.com zillow.com ziprecruiter.com zocdoc.com zoom.us zoominfo.com zoopla.co.uk', '\s+') host WHERE host <> '';

INSERT INTO shared_host (host, kind) SELECT host, 'ALL' FROM regexp_split_to_table('
    126.com 139.com 163.com 189.cn a.co abv.bg adf.ly aim.com alice.it amzn.to aol.co.uk aol.com aol.de aol.fr apple.co arcor.de att.net
    bbox.fr bellsouth.net bigpond.com bigpond.net.au bit.ly bitly.com bk.ru bl.ink bluewin.ch blueyonder.co.uk bol.com.br btinternet.com
    buff.ly casema.nl cdn.ampproject.org centrum.cz charter.net chello.nl clck.ru comcast.net cox.net cutt.ly daum.net db.tt discord.gg
    disroot.org dlvr.it duck.com earthlink.net ebay.to ebay.us eepurl.com email.com email.cz etsy.me fastmail.com fastmail.fm fb.me
    fb.watch forms.gle foxmail.com free.fr freenet.de g.co g.page gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net gmx.us goo.gl
    googlemail.com googleusercontent.com gravatar.com guerrillamail.com hanmail.net hetnet.nl hey.com hispeed.ch home.nl hotmail.be
    hotmail.ca hotmail.co.uk hotmail.com hotmail.com.br hotmail.de hotmail.es hotmail.fr hotmail.it hotmail.nl hubs.la hubs.ly
    hushmail.com i.ua icloud.com ift.tt ig.com.br inbox.com inbox.lv inbox.ru instagr.am interia.pl is.gd kpnmail.nl laposte.net libero.it
    lin.ee linkprotect.cudasvc.com linktr.cc list.ru live.be live.ca live.co.uk live.com live.com.au live.de live.fr live.it live.nl
    lnkd.in m.me mac.com mail.bg mail.com mail.de mail.ee mail.ru mailbox.org mailfence.com mailinator.com maps.app.goo.gl mcaf.ee me.com
    msn.com nate.com naver.com neuf.fr ntlworld.com o2.pl onet.pl onmicrosoft.com op.pl optusnet.com.au orange.fr outlook.be outlook.com
    outlook.com.br outlook.de outlook.es outlook.fr outlook.it outlook.jp ow.ly pin.it planet.nl pm.me posteo.de privaterelay.appleid.com
    proton.me protonmail.ch protonmail.com qq.com qr.ae qrco.de rambler.ru rb.gy rebrand.ly redd.it rediffmail.com rocketmail.com
    runbox.com s.id safelinks.protection.outlook.com sbcglobal.net seznam.cz shaw.ca short.io shorte.st shorturl.at sina.cn sina.com
    skynet.be snip.ly sohu.com spoti.fi sympatico.ca t-online.de t.co t.ly t.me talktalk.net telefonica.net telegram.dog telegram.me
    telenet.be telus.net terra.com.br tin.it tiny.cc tinyurl.com tiscali.it translate.goog trib.al tuta.com tuta.io tutanota.com
    tutanota.de u.to ukr.net uol.com.br upcmail.nl urldefense.com urldefense.proofpoint.com urlz.fr v.gd verizon.net virgilio.it
    vm.tiktok.com vodafone.de wa.link wa.me wanadoo.fr we.tl web.de webcache.googleusercontent.com wp.me wp.pl x.co xs4all.nl xtra.co.nz
    yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.ar yahoo.com.au yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr
    yahoo.in yahoo.it yandex.com yandex.ru yeah.net ymail.com yopmail.com youtu.be zcu.io ziggo.nl zoho.com zohomail.com', '\s+') host WHERE host <> '';

-- Companies with a host in each country.
INSERT INTO shared_host (host, kind)
SELECT family || '.' || country, kind FROM (VALUES
  ('amazon', 'PATHS', 'ae ca cl cn co.jp co.uk co.za com com.au com.be com.br com.co com.mx com.ng com.tr de eg es fr ie in it nl pl sa se sg'),
  ('ebay', 'PATHS', 'at be ca ch cn co.jp co.th co.uk com com.au com.cn com.hk com.mx com.my com.sg com.tw de dk es fi fr gr ie in it nl no ph pl pt se vn'),
  ('google', 'PATHS', 'ad ae al am as at az ba be bf bg bi bj bs bt by ca cat cd cf cg ch ci cl cm cn co.ao co.bw co.ck co.cr co.id co.il co.in co.jp '
    'co.ke co.kr co.ls co.ma co.mz co.nz co.th co.tz co.ug co.uk co.uz co.ve co.vi co.za co.zm co.zw com com.af com.ag com.ar com.au com.bd com.bh '
    'com.bn com.bo com.br com.bz com.co com.cu com.cy com.do com.ec com.eg com.et com.fj com.gh com.gi com.gt com.hk com.jm com.kh com.kw com.lb '
    'com.ly com.mm com.mt com.mx com.my com.na com.ng com.ni com.np com.om com.pa com.pe com.pg com.ph com.pk com.pr com.py com.qa com.sa com.sb '
    'com.sg com.sl com.sv com.tj com.tr com.tw com.ua com.uy com.vc com.vn cv cz de dj dk dm dz ee es fi fm fr ga ge gg gl gm gr gy hn hr ht hu ie '
    'im iq is it je jo kg ki kz la li lk lt lu lv md me mg mk ml mn mu mv mw ne nl no nr nu pl pn ps pt ro rs ru rw sc se sh si sk sm sn so sr st '
    'td tg tl tm tn to tt vu ws'),
  ('pinterest', 'PATHS', 'at ca ch cl co.kr co.uk com com.au com.mx de dk es fr ie it jp nz ph pt se'),
  ('tripadvisor', 'PATHS', 'at be ca ch cl co co.hu co.id co.il co.kr co.nz co.uk co.za com com.ar com.au com.br com.eg com.gr com.hk com.mx com.my com.pe '
    'com.ph com.sg com.tr com.tw com.ve com.vn cz de dk es fi fr ie in it jp nl pt ru se'),
  ('yelp', 'PATHS', 'at be ca ch cl co.jp co.nz co.uk com com.ar com.au com.br com.hk com.mx com.my com.ph com.sg com.tr com.tw cz de dk es fi fr ie it nl no pl pt se'),
  ('aol', 'ALL', 'at be ca cl co.uk com com.ar com.au com.br com.mx cz de dk es fi fr hk in it jp kr nl pl ru se tw'),
  ('gmx', 'ALL', 'at biz ch com co.uk de es eu fr info it li net org us'),
  ('hotmail', 'ALL', 'at be bg ca ch cl co.il co.jp co.nz co.th co.uk co.za com com.ar com.au com.br com.mx com.tr cz de dk es fi fr gr hu ie it jp lt lv my nl '
    'no ph pt rs ru se sg sk'),
  ('live', 'ALL', 'at be ca ch cl cn co.kr co.uk co.za com com.ar com.au com.mx com.my com.ph com.pt com.sg de dk fi fr hk ie in it jp nl no ru se'),
  ('outlook', 'ALL', 'at be bg ca ch cl co.id co.il co.nz co.th com com.ar com.au com.br com.gr com.hr com.tr com.vn cz de dk es fr hu ie in it jp kr lv my ph pt '
    'sa sg sk'),
  ('yahoo', 'ALL', 'at be bg ca cl co.hu co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com com.ar com.au com.br com.cn com.co com.hk com.hr com.mx com.my '
    'com.pe com.ph com.sg com.tr com.tw com.ua com.ve com.vn cz de dk ee es fi fr gr hu ie in it lt lv nl no pl pt ro rs se sg sk'),
  ('yandex', 'ALL', 'az by co.il com com.am com.ge com.tr ee fr kg kz lt lv md ru tj tm ua uz')) family (family, kind, countries)
CROSS JOIN LATERAL regexp_split_to_table(countries, ' ') country ON CONFLICT DO NOTHING;

-- What an operator had added to the older lists, which compared by parts of the name and are read by older programs alone.
INSERT INTO shared_host (host, kind) SELECT lower(host), 'ALL' FROM (SELECT pattern AS host FROM website_hosting_pattern UNION SELECT domain FROM personal_email_provider) old
WHERE lower(host) ~ '^[a-z0-9_-]+([.][a-z0-9_-]+)+$' AND NOT EXISTS (SELECT FROM shared_host s WHERE s.host = lower(old.host));
