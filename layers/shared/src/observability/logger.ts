import { readDeployment } from '@shared/config/deployment';
import { readEnvironment } from '@shared/config/environment';
import { logLevelSetting } from '@shared/config/log-level-setting';
import { logCodes } from '@shared/observability/log-codes';
import { levelFor } from '@shared/observability/log-levels';
import { redact } from '@shared/observability/redact';
import { runTimeLevels } from '@shared/observability/run-time-levels';
import { Logger } from '@aws-lambda-powertools/logger';

/** What the shared code asks of a logger. */
export type Log = Pick<Logger, 'addContext' | 'appendKeys' | 'resetKeys' | 'debug' | 'info' | 'warn' | 'error'> & {
  /** Logs as much as the stage is set to now. */
  readonly beginInvocation: () => void;
  /** Never rejects. */
  readonly endInvocation: () => Promise<void>;
};

const { stage, release, version } = readDeployment();

/** Logs as the environment says, unless the setting `logs/levels` of the stage says otherwise. */
class StageLogger extends Logger implements Log {
  readonly #usual = this.getLevelName();
  readonly #service = readEnvironment().POWERTOOLS_SERVICE_NAME;
  #isTold = false;
  readonly #levels = runTimeLevels(logLevelSetting(), (error) => {
    if (!this.#isTold) {
      const facts = { log_code: logCodes.configurationDefaulted, error };
      this.warn('The level of the log cannot be had; that of the template is used', facts);
    }
    this.#isTold = true;
  });

  beginInvocation(): void {
    this.setLogLevel(levelFor(this.#levels.begin(), this.#service, Math.random()) ?? this.#usual);
  }

  endInvocation(): Promise<void> {
    return this.#levels.end();
  }
}

/** The function's logger: one JSON object a line, without secrets; service and level come from the environment. */
export const logger = new StageLogger({
  persistentKeys: { stage, release, function_version: version },
  jsonReplacerFn: redact,
});
