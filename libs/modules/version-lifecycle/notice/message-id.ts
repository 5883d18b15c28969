import { messageIdOf as messageId } from '../../../platform/mail/message-id.ts';

export const messageIdOf = (noticeId: string, mailFrom: string): string => messageId('notice', noticeId, mailFrom);
