import { Download, Pause, Play } from 'lucide-react';
import { type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { position } from '@/lib/format';
import { useSeek } from '@/lib/seek';
import { buttonClass } from './button';
import { IconButton } from './icon-button';
import { Select } from './select';

const speeds = [0.75, 1, 1.25, 1.5, 2];
const STEP_S = 5;

type Props = {
  src: string;
  /** Until the file itself says so. */
  seconds?: number | null;
  label: string;
  /** Whether it is the one that goes where others on the page point. */
  follows: boolean;
  onBroken: () => void;
};

/** Plays a recording: by mouse, by keyboard (space, arrows), at several speeds, from wherever the page points. */
export function AudioPlayer({ src, seconds, label, follows, onBroken }: Props) {
  const audio = useRef<HTMLAudioElement>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(seconds ?? 0);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);

  const play = useCallback(() => {
    // A browser that does not want to play by itself leaves it to the button.
    void audio.current?.play().catch(() => setPlaying(false));
  }, []);
  const goTo = useCallback((to: number) => {
    const element = audio.current;
    if (!element) return;
    const end = Number.isFinite(element.duration) ? element.duration : to;
    element.currentTime = Math.max(0, Math.min(to, end));
    setAt(element.currentTime);
  }, []);
  useSeek(
    useCallback(
      (to: number) => {
        if (!follows) return;
        goTo(to);
        play();
      },
      [follows, goTo, play],
    ),
  );
  const toggle = () => (playing ? audio.current?.pause() : play());
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -STEP_S, ArrowRight: STEP_S };
    const step = steps[event.key];
    const target = event.target as HTMLElement;
    if (target instanceof HTMLSelectElement) return;
    if (step !== undefined) {
      event.preventDefault();
      goTo(at + step);
    } else if (event.key === ' ' && target instanceof HTMLInputElement) {
      event.preventDefault();
      toggle();
    }
  };
  return (
    <div role="group" aria-label={label} onKeyDown={onKey} className="flex flex-wrap items-center gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript is on the same page */}
      <audio
        ref={audio}
        src={src}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          const { duration } = event.currentTarget;
          if (Number.isFinite(duration)) setLength(duration);
        }}
        onError={onBroken}
      />
      <IconButton label={playing ? 'Pause' : 'Play'} icon={playing ? <Pause /> : <Play />} onClick={toggle} />
      <input
        type="range"
        aria-label="Position"
        aria-valuetext={`${position(at)} of ${position(length)}`}
        min={0}
        max={Math.max(1, Math.ceil(length))}
        step={1}
        value={Math.floor(at)}
        onChange={(event) => goTo(Number(event.target.value))}
        className="h-8 min-w-24 flex-1 accent-accent"
      />
      <span className="text-xs whitespace-nowrap text-ink-mute tabular-nums">
        {position(at)} / {position(length)}
      </span>
      <Select
        aria-label="Speed"
        value={String(speed)}
        onChange={(event) => {
          const next = Number(event.target.value);
          setSpeed(next);
          if (audio.current) audio.current.playbackRate = next;
        }}
      >
        {speeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </Select>
      <a
        href={src}
        download
        aria-label="Download"
        title="Download"
        className={buttonClass('quiet', 'md', true)}
      >
        <Download />
      </a>
    </div>
  );
}
