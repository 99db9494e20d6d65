-- What was spoken, by the hash of all that it was made from: provider, version, voice, delivery, acoustics and text.
create table speech (
  tenant_id   uuid        not null,
  sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  provider    text        not null,
  version     text        not null,
  voice       text        not null,
  language    text        not null,              -- BCP 47, as it was asked for
  text        text        not null,
  acoustics   jsonb       not null,
  audio_sha   text        not null check (audio_sha ~ '^[0-9a-f]{64}$'), -- of the samples
  pcm         bytea       not null,              -- 16 kHz, one channel, 16 bits, little-endian
  created_at  timestamptz not null default now(),
  used_at     timestamptz not null default now(), -- to the day; what was not used for long is forgotten
  primary key (tenant_id, sha256)
);
-- Noise of samples does not compress.
alter table speech alter column pcm set storage external;
create index speech_heard on speech (tenant_id, audio_sha);
create index speech_unused on speech (tenant_id, used_at);
