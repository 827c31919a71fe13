/** Written by `npm run generate:client` from the OpenAPI document; a test fails while it is not what that says. */
export interface paths {
    "/sign-in-options": {
        parameters: {};
        get: operations["readSignInOptions"];
    };
    "/demo/sign-in": {
        parameters: {};
        post: operations["signInDemoUser"];
    };
    "/me": {
        parameters: {};
        get: operations["readProfile"];
        delete: operations["eraseProfile"];
        patch: operations["updateProfile"];
    };
    "/me/export": {
        parameters: {};
        get: operations["exportProfile"];
    };
    "/projects": {
        parameters: {};
        get: operations["listProjects"];
        post: operations["createProject"];
    };
    "/projects/{id}": {
        parameters: {};
        get: operations["readProject"];
        delete: operations["deleteProject"];
        patch: operations["updateProject"];
    };
    "/avatars": {
        parameters: {};
        get: operations["listAvatars"];
    };
    "/projects/{id}/avatars": {
        parameters: {};
        get: operations["listProjectAvatars"];
        post: operations["uploadAvatar"];
    };
    "/avatars/bulk": {
        parameters: {};
        post: operations["changeAvatars"];
    };
    "/avatars/download": {
        parameters: {};
        post: operations["downloadAvatars"];
    };
    "/avatars/{id}": {
        parameters: {};
        get: operations["readAvatar"];
        delete: operations["deleteAvatar"];
        patch: operations["updateAvatar"];
    };
    "/avatars/{id}/image": {
        parameters: {};
        get: operations["downloadImage"];
    };
    "/avatars/{id}/restore": {
        parameters: {};
        post: operations["restoreAvatar"];
    };
    "/avatars/{id}/sheet": {
        parameters: {};
        get: operations["readPersonaSheet"];
    };
    "/avatars/{id}/card": {
        parameters: {};
        get: operations["readPersonaCard"];
    };
    "/uploads": {
        parameters: {};
        post: operations["createUpload"];
    };
    "/avatars/{id}/similar": {
        parameters: {};
        get: operations["listSimilar"];
    };
    "/duplicates": {
        parameters: {};
        get: operations["listDuplicates"];
    };
    "/duplicates/resolve": {
        parameters: {};
        post: operations["resolveDuplicates"];
    };
    "/projects/{id}/generations": {
        parameters: {};
        post: operations["createGeneration"];
    };
    "/generations": {
        parameters: {};
        get: operations["listGenerations"];
    };
    "/generations/{id}": {
        parameters: {};
        get: operations["readGeneration"];
    };
    "/generations/{id}/workflow": {
        parameters: {};
        get: operations["readGenerationWorkflow"];
    };
    "/generations/{id}/cancel": {
        parameters: {};
        post: operations["cancelGeneration"];
    };
    "/generations/{id}/priority": {
        parameters: {};
        post: operations["prioritizeGeneration"];
    };
    "/generations/{id}/retry": {
        parameters: {};
        post: operations["retryGeneration"];
    };
    "/queue": {
        parameters: {};
        get: operations["readQueue"];
    };
    "/projects/{id}/batches": {
        parameters: {};
        post: operations["createBatch"];
    };
    "/batches/{id}": {
        parameters: {};
        get: operations["readBatch"];
    };
    "/batches/{id}/cancel": {
        parameters: {};
        post: operations["cancelBatch"];
    };
    "/prompts/preview": {
        parameters: {};
        post: operations["previewPrompt"];
    };
    "/prompts/suggest": {
        parameters: {};
        post: operations["suggestPrompts"];
    };
    "/prompts/enhance": {
        parameters: {};
        post: operations["enhancePrompt"];
    };
    "/generations/{id}/events": {
        parameters: {};
        get: operations["watchGeneration"];
    };
    "/events": {
        parameters: {};
        get: operations["watchEverything"];
    };
    "/credits": {
        parameters: {};
        get: operations["readCredits"];
    };
    "/credits/transfers": {
        parameters: {};
        get: operations["listTransfers"];
    };
    "/credits/topups": {
        parameters: {};
        post: operations["createTopup"];
    };
    "/credits/prices": {
        parameters: {};
        get: operations["readPrices"];
    };
    "/presets": {
        parameters: {};
        get: operations["listPresets"];
        post: operations["createPreset"];
    };
    "/presets/{id}": {
        parameters: {};
        get: operations["readPreset"];
        delete: operations["deletePreset"];
        patch: operations["updatePreset"];
    };
    "/avatars/{id}/usage": {
        parameters: {};
        get: operations["listUsage"];
        post: operations["trackUsage"];
    };
    "/usage/summary": {
        parameters: {};
        get: operations["readUsageSummary"];
    };
    "/usage/trends": {
        parameters: {};
        get: operations["readUsageTrends"];
    };
    "/usage/costs": {
        parameters: {};
        get: operations["readUsageCosts"];
    };
    "/stats": {
        parameters: {};
        get: operations["readStats"];
    };
    "/notifications": {
        parameters: {};
        get: operations["listNotifications"];
    };
    "/notifications/{id}/read": {
        parameters: {};
        post: operations["markNotificationRead"];
    };
    "/notifications/read-all": {
        parameters: {};
        post: operations["markAllNotificationsRead"];
    };
    "/moderation/queue": {
        parameters: {};
        get: operations["listReviewQueue"];
    };
    "/moderation/{id}/approve": {
        parameters: {};
        post: operations["approveAvatar"];
    };
    "/moderation/{id}/reject": {
        parameters: {};
        post: operations["rejectAvatar"];
    };
    "/admin/accounts/{id}": {
        parameters: {};
        get: operations["readAdminAccount"];
    };
    "/admin/accounts/{id}/refund": {
        parameters: {};
        post: operations["refundGeneration"];
    };
    "/admin/switches": {
        parameters: {};
        get: operations["readSwitches"];
    };
    "/admin/new-generations": {
        parameters: {};
        post: operations["setNewGenerations"];
    };
    "/admin/providers/{name}": {
        parameters: {};
        post: operations["setProvider"];
    };
    "/admin/generations/cancel": {
        parameters: {};
        post: operations["cancelGenerations"];
    };
    "/admin/reconcile": {
        parameters: {};
        post: operations["triggerReconcile"];
    };
    "/admin/generations/{id}/diagnosis": {
        parameters: {};
        get: operations["diagnoseGeneration"];
    };
    "/admin/audit": {
        parameters: {};
        get: operations["listAudit"];
    };
    "/me/webhook": {
        parameters: {};
        get: operations["readWebhook"];
        post: operations["createWebhook"];
        delete: operations["deleteWebhook"];
        patch: operations["updateWebhook"];
    };
    "/me/webhook/secret": {
        parameters: {};
        post: operations["rotateWebhookSecret"];
    };
    "/webhooks/replicate": {
        parameters: {};
        post: operations["receiveReplicate"];
    };
    "/plugin": {
        parameters: {};
        get: operations["readPlugin"];
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string | undefined;
            instance?: string | undefined;
            code: "validation_failed" | "unauthorized" | "insufficient_credits" | "forbidden" | "not_found" | "method_not_allowed" | "conflict" | "account_erased" | "payload_too_large" | "unsupported_media" | "idempotency_mismatch" | "prompt_rejected" | "image_rejected" | "rate_limited" | "daily_limit" | "too_many_pending" | "internal" | "unavailable";
            requestId: string;
            errors?: {
                path: string;
                message: string;
            }[] | undefined;
            rule?: ("minor_sexual" | "real_person_sexual" | "hate" | "obscene") | undefined;
            required?: number | undefined;
            available?: number | undefined;
            generationId?: string | undefined;
            batchId?: string | undefined;
            uploadId?: string | undefined;
            projectId?: string | undefined;
            presetId?: string | undefined;
            reference?: string | undefined;
        };
        Credits: {
            available: number;
            held: number;
            posted: number;
        };
        Transfer: {
            id: string;
            kind: "topup" | "reserve" | "capture" | "release" | "refund";
            amount: number;
            availableAfter: number;
            generationId: string | null;
            reason: string | null;
            createdAt: string;
        };
        TransferList: {
            data: components["schemas"]["Transfer"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        Prices: {
            generate: number;
            preset: number;
            upload: number;
        };
        CreateTopup: {
            userId: string;
            amount: number;
            reference: string;
        };
        Topup: {
            id: string;
            userId: string;
            amount: number;
            reference: string;
            available: number;
        };
        Recipe: {
            mode: "text" | "reference" | "variation" | "style";
            strength: number | null;
            reference: {
                avatarId: string | null;
                uploadId: string | null;
                seed: number | null;
            } | null;
            presetId: string | null;
            aspectRatio: "1:1" | "3:4" | "4:3" | "9:16" | "16:9";
            size: 512 | 768 | 1024;
            quality: "draft" | "standard" | "high";
            finish: "plain" | "print";
        };
        Persona: {
            name?: string | undefined;
            age?: number | undefined;
            personality?: string[] | undefined;
            background?: string | undefined;
        };
        VisualAttributes: {
            gender?: ("woman" | "man" | "nonbinary") | undefined;
            ageRange?: ("20s" | "30s" | "40s" | "50s" | "60+") | undefined;
            ethnicity?: string | undefined;
            bodyType?: string | undefined;
            hairStyle?: string | undefined;
            hairColor?: string | undefined;
            eyeColor?: string | undefined;
            skinTone?: string | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
        };
        UpdateAvatar: {
            name?: string | undefined;
            persona?: ({
                name?: (string | null) | undefined;
                age?: (number | null) | undefined;
                personality?: (string[] | null) | undefined;
                background?: (string | null) | undefined;
            } | null) | undefined;
            attributes?: ({
                gender?: (("woman" | "man" | "nonbinary") | null) | undefined;
                ageRange?: (("20s" | "30s" | "40s" | "50s" | "60+") | null) | undefined;
                ethnicity?: (string | null) | undefined;
                bodyType?: (string | null) | undefined;
                hairStyle?: (string | null) | undefined;
                hairColor?: (string | null) | undefined;
                eyeColor?: (string | null) | undefined;
                skinTone?: (string | null) | undefined;
                style?: (("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | null) | undefined;
            } | null) | undefined;
        };
        Avatar: {
            id: string;
            projectId: string;
            name: string;
            persona: components["schemas"]["Persona"];
            attributes: components["schemas"]["VisualAttributes"];
            sourceType: "text_to_image" | "from_preset" | "from_reference" | "upload";
            review: "clear" | "needs_review" | "approved";
            imageUrl: string | null;
            thumbnailUrl: string | null;
            placeholder: string | null;
            width: number;
            height: number;
            generation: {
                id: string;
                prompt: string | null;
                seed: number | null;
                provider: string | null;
                model: string | null;
                costUsd: number | null;
                credit: string | null;
                recipe: components["schemas"]["Recipe"] | null;
            };
            usageCount: number;
            lastUsedAt: string | null;
            trashedAt: string | null;
            createdAt: string;
            updatedAt: string;
        };
        RestoreAvatar: {
            projectId?: string | undefined;
        };
        BulkAvatars: {
            action: "move";
            ids: string[];
            projectId: string;
        } | {
            action: "trash";
            ids: string[];
        } | {
            action: "restore";
            ids: string[];
            projectId?: string | undefined;
        } | {
            action: "delete";
            ids: string[];
        };
        DownloadAvatars: {
            ids: string[];
        };
        BulkResult: {
            action: "move" | "trash" | "restore" | "delete";
            count: number;
            changed: number;
        };
        Reference: {
            avatarId?: string | undefined;
            uploadId?: string | undefined;
        } & (unknown | unknown);
        GenerationOptions: {
            seed?: number | undefined;
            aspectRatio?: ("1:1" | "3:4" | "4:3" | "9:16" | "16:9") | undefined;
            size?: (512 | 768 | 1024) | undefined;
            provider?: ("auto" | "flux" | "sd" | "illustrator") | undefined;
            optimizeFor?: ("quality" | "speed" | "cost") | undefined;
            quality?: ("draft" | "standard" | "high") | undefined;
            allowFallback?: boolean | undefined;
        };
        CreateGeneration: {
            name?: string | undefined;
            sourceType: "text_to_image" | "from_preset" | "from_reference";
            prompt?: string | undefined;
            presetId?: string | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
            persona?: components["schemas"]["Persona"] | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            reference?: components["schemas"]["Reference"] | undefined;
            mode?: ("reference" | "variation" | "style") | undefined;
            strength?: number | undefined;
            options?: components["schemas"]["GenerationOptions"] | undefined;
            projectDefaults?: boolean | undefined;
        } | {
            sourceType?: "text_to_image" | undefined;
        } | {
            sourceType?: "from_preset" | undefined;
        } | {
            sourceType?: "from_reference" | undefined;
            mode?: "reference" | undefined;
        } | {
            sourceType?: "from_reference" | undefined;
            mode: "style";
        } | {
            sourceType?: "from_reference" | undefined;
            mode: "variation";
            reference: {
                avatarId: string;
            };
        };
        RequestedReference: {
            avatarId?: string | undefined;
            uploadId?: string | undefined;
            seed?: number | undefined;
        };
        GenerationRequest: {
            name?: string | undefined;
            prompt?: string | undefined;
            presetId?: string | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
            persona?: components["schemas"]["Persona"] | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            mode?: ("reference" | "variation" | "style") | undefined;
            strength?: number | undefined;
            reference?: components["schemas"]["RequestedReference"] | undefined;
            options?: components["schemas"]["GenerationOptions"] | undefined;
        };
        Attempt: {
            provider: "replicate" | "huggingface" | "fal" | "illustrator";
            model: string;
            state: string;
            failure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
            costUsd: number | null;
            startedAt: string;
            finishedAt: string | null;
        };
        Failure: {
            code: "providers_unavailable" | "prompt_rejected" | "image_rejected" | "invalid_request" | "reference_gone" | "corrupt_image" | "storage_unavailable" | "deadline" | "interrupted" | "admission_unavailable" | "internal";
            message: string;
            retryable: boolean;
            creditsReturned: number;
        };
        QueuePosition: {
            position: number;
            etaSeconds: number | null;
        };
        Generation: {
            id: string;
            projectId: string | null;
            batchId: string | null;
            name: string;
            sourceType: "text_to_image" | "from_preset" | "from_reference" | "upload";
            status: "requested" | "pending" | "processing" | "completed" | "failed" | "cancelled";
            stage: "admitting" | "queued" | "generating" | "checking" | "saving" | "recording" | "done";
            version: number;
            priority: number;
            price: number;
            prompt: string | null;
            style: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | null;
            seed: number | null;
            request: components["schemas"]["GenerationRequest"];
            queue: components["schemas"]["QueuePosition"] | null;
            provider: ("replicate" | "huggingface" | "fal" | "illustrator") | null;
            model: string | null;
            costUsd: number | null;
            attempts: components["schemas"]["Attempt"][];
            refusal: ("insufficient_credits" | "daily_limit" | "too_many_pending") | null;
            failure: components["schemas"]["Failure"] | null;
            cancelReason: string | null;
            creditsReturned: number;
            avatar: components["schemas"]["Avatar"] | null;
            createdAt: string;
            pendingAt: string | null;
            processingAt: string | null;
            finishedAt: string | null;
        };
        ChoiceNote: {
            provider: "replicate" | "huggingface" | "fal" | "illustrator";
            model: string;
            position: number | null;
            reasons: ("requested" | "best_quality" | "fastest" | "cheapest" | "suits_mode" | "next_best" | "last_resort" | "budget_near" | "unreliable_lately" | "faster_lately" | "slower_lately" | "circuit_open" | "budget_spent" | "switched_off" | "not_needed")[];
            explanation: string;
            outcome: "not_tried" | "generating" | "delivered" | "failed" | "cancelled";
            failure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
        };
        GenerationDetail: {
            id: string;
            projectId: string | null;
            batchId: string | null;
            name: string;
            sourceType: "text_to_image" | "from_preset" | "from_reference" | "upload";
            status: "requested" | "pending" | "processing" | "completed" | "failed" | "cancelled";
            stage: "admitting" | "queued" | "generating" | "checking" | "saving" | "recording" | "done";
            version: number;
            priority: number;
            price: number;
            prompt: string | null;
            style: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | null;
            seed: number | null;
            request: components["schemas"]["GenerationRequest"];
            queue: components["schemas"]["QueuePosition"] | null;
            provider: ("replicate" | "huggingface" | "fal" | "illustrator") | null;
            model: string | null;
            costUsd: number | null;
            attempts: components["schemas"]["Attempt"][];
            refusal: ("insufficient_credits" | "daily_limit" | "too_many_pending") | null;
            failure: components["schemas"]["Failure"] | null;
            cancelReason: string | null;
            creditsReturned: number;
            avatar: components["schemas"]["Avatar"] | null;
            createdAt: string;
            pendingAt: string | null;
            processingAt: string | null;
            finishedAt: string | null;
            choice: components["schemas"]["ChoiceNote"][];
        };
        GenerationList: {
            data: components["schemas"]["Generation"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        CancelGeneration: {
            reason?: string | undefined;
        };
        PrioritizeGeneration: {
            priority: number;
        };
        WorkflowStatus: {
            workflowId: string;
            runId: string | null;
            state: string;
            status: {
                stage: "admitting" | "queued" | "generating" | "checking" | "saving" | "recording" | "done";
                provider: string | null;
                model: string | null;
                priority: number;
                attempts: {
                    provider: string;
                    model: string;
                    failure: string | null;
                }[];
                times: {
                    [key: string]: string;
                };
                failure: string | null;
            } | null;
            operatorUrl: string | null;
        };
        Notification: {
            id: string;
            kind: "avatar_completed" | "generation_failed" | "needs_review" | "avatar_rejected" | "webhook_disabled";
            generationId: string | null;
            avatarId: string | null;
            message: string;
            readAt: string | null;
            createdAt: string;
        };
        NotificationList: {
            data: components["schemas"]["Notification"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        NotificationsRead: {
            marked: number;
        };
        Snapshot: {
            generations: components["schemas"]["Generation"][];
            credits: components["schemas"]["Credits"];
        };
        QueuePositions: {
            positions: {
                generationId: string;
                queue: components["schemas"]["QueuePosition"];
            }[];
        };
        Health: {
            status: "ok";
        };
        Readiness: {
            status: "ready" | "degraded";
            checks: {
                postgres: "ok" | "away";
                temporal: "ok" | "away";
                gcs: "ok" | "away";
            };
        };
        GenerationDefaults: {
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
            quality?: ("draft" | "standard" | "high") | undefined;
            optimizeFor?: ("quality" | "speed" | "cost") | undefined;
            provider?: ("auto" | "flux" | "sd" | "illustrator") | undefined;
            count?: number | undefined;
        };
        UpdateProfile: {
            defaults?: components["schemas"]["GenerationDefaults"] | undefined;
        };
        Profile: {
            accountId: string;
            name: string | null;
            tier: "free" | "plus" | "pro" | "service";
            role: "user" | "admin";
            defaults: components["schemas"]["GenerationDefaults"];
            limits: {
                dailyGenerations: number;
                dailyGenerationsLeft: number;
                unfinishedGenerations: number;
                unfinishedGenerationsLeft: number;
                requestsPerMinute: number;
                requestsLeft: number;
                uploadsPerMinute: number;
                uploadsLeft: number;
            };
        };
        DemoSignIn: {
            user: "alice" | "bob" | "admin";
        };
        DemoToken: {
            token: string;
            expiresInSeconds: number;
        };
        SignInOptions: {
            demo: {
                user: "alice" | "bob" | "admin";
                tier: "free" | "plus" | "pro" | "service";
                role: "user" | "admin";
            }[];
            oidc: {
                issuer: string;
                clientId: string;
                scope: string;
                audienceParameter: {
                    name: "audience" | "resource";
                    value: string;
                } | null;
            } | null;
        };
        AdminAccount: {
            id: string;
            tier: "free" | "plus" | "pro" | "service";
            displayName: string | null;
            erased: boolean;
            credits: components["schemas"]["Credits"];
            limits: {
                dailyGenerations: number;
                usedToday: number;
                unfinishedGenerations: number;
                unfinishedNow: number;
            };
            ledger: {
                total: number;
                newest: {
                    id: string;
                    kind: "topup" | "reserve" | "capture" | "release" | "refund";
                    amount: number;
                    generationId: string | null;
                    reference: string | null;
                    createdAt: string;
                }[];
            };
            generations: {
                total: number;
                newest: components["schemas"]["Generation"][];
            };
            createdAt: string;
        };
        RefundGeneration: {
            generationId: string;
            reason: string;
        };
        Refunded: {
            generationId: string;
            amount: number;
            credits: components["schemas"]["Credits"];
        };
        SetNewGenerations: {
            paused: boolean;
        };
        SetProvider: {
            enabled: boolean;
        };
        Switches: {
            newGenerations: {
                paused: boolean;
                changedAt: string | null;
            };
            providers: {
                name: "replicate" | "huggingface" | "fal" | "illustrator";
                enabled: boolean;
                configured: boolean;
                changedAt: string | null;
                circuit: {
                    state: "closed" | "open" | "half_open";
                    until: string | null;
                    openModels: string[];
                    lastFailure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
                    checkedAt: string | null;
                    checkFailure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
                };
                spentTodayUsd: number;
            }[];
        };
        CancelGenerations: {
            accountId?: string | undefined;
            status?: ("requested" | "pending" | "processing") | undefined;
            provider?: ("replicate" | "huggingface" | "fal" | "illustrator") | undefined;
            olderThanSeconds?: number | undefined;
            limit?: number | undefined;
            reason?: string | undefined;
        } | unknown | unknown | unknown | unknown;
        CancelledGenerations: {
            count: number;
            ids: string[];
            notReached: string[];
            more: boolean;
        };
        ReconcileTriggered: {
            triggered: true;
        };
        AuditedAct: {
            id: string;
            actorId: string;
            act: "account.read" | "account.refund" | "new_generations.set" | "provider.set" | "generations.cancel" | "generation.diagnose" | "reconcile.trigger" | "moderation.read" | "moderation.approve" | "moderation.reject";
            target: string | null;
            body: {
                [key: string]: unknown;
            };
            requestId: string;
            outcome: "done" | "refused" | "failed" | "unknown";
            status: number | null;
            result: {
                [key: string]: unknown;
            };
            at: string;
        };
        AuditList: {
            data: components["schemas"]["AuditedAct"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        AttemptDetail: {
            id: string;
            ordinal: number;
            provider: "replicate" | "huggingface" | "fal" | "illustrator";
            model: string;
            state: string;
            externalId: string | null;
            failure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
            failureMessage: string | null;
            costUsd: number | null;
            latencyMs: number | null;
            startedAt: string;
            submittingAt: string | null;
            submittedAt: string | null;
            calledBackAt: string | null;
            cancelRequestedAt: string | null;
            finishedAt: string | null;
        };
        ProviderState: {
            name: "replicate" | "huggingface" | "fal" | "illustrator";
            configured: boolean;
            enabled: boolean;
            pausedUntil: string | null;
            lately: {
                succeeded: number;
                failed: number;
                lastFailure: ("rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget") | null;
            };
        };
        Diagnosis: {
            outcome: string;
            advice: string | null;
            stuck: boolean;
            accountId: string;
            generation: components["schemas"]["Generation"];
            timing: {
                acceptedAt: string | null;
                updatedAt: string;
                deadlineAt: string | null;
                cancelRequestedAt: string | null;
            };
            workflow: components["schemas"]["WorkflowStatus"] | null;
            attempts: components["schemas"]["AttemptDetail"][];
            queue: {
                position: components["schemas"]["QueuePosition"] | null;
                waiting: number;
                running: number;
                finishedPerMinute: number;
            };
            newGenerationsPaused: boolean;
            providers: components["schemas"]["ProviderState"][];
        };
        ProjectDefaults: {
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
            attributes?: {
                gender?: ("woman" | "man" | "nonbinary") | undefined;
                ageRange?: ("20s" | "30s" | "40s" | "50s" | "60+") | undefined;
                ethnicity?: string | undefined;
                bodyType?: string | undefined;
                hairStyle?: string | undefined;
                hairColor?: string | undefined;
                eyeColor?: string | undefined;
                skinTone?: string | undefined;
            } | undefined;
            persona?: {
                age?: number | undefined;
                personality?: string[] | undefined;
                background?: string | undefined;
            } | undefined;
        };
        CreateProject: {
            name: string;
            description?: string | undefined;
            defaults?: components["schemas"]["ProjectDefaults"] | undefined;
        };
        UpdateProject: {
            name?: string | undefined;
            description?: string | undefined;
            defaults?: components["schemas"]["ProjectDefaults"] | undefined;
        };
        Project: {
            id: string;
            name: string;
            description: string;
            defaults: components["schemas"]["ProjectDefaults"];
            avatarCount: number;
            covers: {
                thumbnailUrl: string;
                placeholder: string | null;
            }[];
            createdAt: string;
            updatedAt: string;
        };
        ProjectList: {
            data: components["schemas"]["Project"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        AvatarList: {
            data: components["schemas"]["Avatar"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        CreateBatch: {
            items: components["schemas"]["CreateGeneration"][];
        } | ({
            request: components["schemas"]["CreateGeneration"];
            vary: "seed" | ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir")[];
            count?: number | undefined;
        } | {
            count: number;
        } | {
            vary?: unknown[] | undefined;
        });
        Batch: {
            id: string;
            projectId: string | null;
            size: number;
            price: number;
            counts: {
                requested: number;
                pending: number;
                processing: number;
                completed: number;
                failed: number;
                cancelled: number;
            };
            refusal: ("insufficient_credits" | "daily_limit" | "too_many_pending") | null;
            generations: components["schemas"]["Generation"][];
            createdAt: string;
            cancelledAt: string | null;
        };
        CancelBatch: {
            reason?: string | undefined;
        };
        UploadedAvatar: {
            id: string;
            projectId: string;
            name: string;
            persona: components["schemas"]["Persona"];
            attributes: components["schemas"]["VisualAttributes"];
            sourceType: "text_to_image" | "from_preset" | "from_reference" | "upload";
            review: "clear" | "needs_review" | "approved";
            imageUrl: string | null;
            thumbnailUrl: string | null;
            placeholder: string | null;
            width: number;
            height: number;
            generation: {
                id: string;
                prompt: string | null;
                seed: number | null;
                provider: string | null;
                model: string | null;
                costUsd: number | null;
                credit: string | null;
                recipe: components["schemas"]["Recipe"] | null;
            };
            usageCount: number;
            lastUsedAt: string | null;
            trashedAt: string | null;
            createdAt: string;
            updatedAt: string;
            duplicates: {
                avatarId: string;
                match: "exact" | "near";
                distance: number;
            }[];
        };
        Upload: {
            id: string;
            url: string;
            expiresAt: string;
        };
        SimilarAvatars: {
            data: {
                avatar: components["schemas"]["Avatar"];
                match: "exact" | "near";
                distance: number;
            }[];
        };
        DuplicateGroup: {
            match: "exact" | "near";
            count: number;
            keeper: {
                avatarId: string;
                reason: "most_used" | "largest" | "oldest";
            };
            avatars: components["schemas"]["Avatar"][];
        };
        DuplicateGroupList: {
            data: components["schemas"]["DuplicateGroup"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        ResolveDuplicates: {
            retain: string;
            trash: string[];
        };
        ResolvedDuplicates: {
            retained: string;
            trashed: string[];
        };
        Queue: {
            waiting: {
                priority: number;
                count: number;
            }[];
            running: number;
            drainPerMinute: number;
            estimates: {
                tier: "free" | "plus" | "pro" | "service";
                waitSeconds: number | null;
            }[];
        };
        ReviewItem: {
            avatarId: string;
            accountId: string;
            generationId: string;
            name: string;
            sourceType: "text_to_image" | "from_preset" | "from_reference" | "upload";
            prompt: string | null;
            provider: string | null;
            model: string | null;
            imageUrl: string;
            thumbnailUrl: string;
            scores: {
                [key: string]: number;
            };
            createdAt: string;
        };
        ReviewQueue: {
            data: components["schemas"]["ReviewItem"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        ApprovedAvatar: {
            avatarId: string;
            review: "clear" | "needs_review" | "approved";
        };
        RejectAvatar: {
            reason?: string | undefined;
        };
        RejectedAvatar: {
            avatarId: string;
            generationId: string;
            creditsReturned: number;
        };
        BatchGetAvatars: {
            ids: string[];
        };
        AvatarBatch: {
            data: components["schemas"]["Avatar"][];
            missing: string[];
        };
        CreateGenerationFor: {
            name?: string | undefined;
            sourceType: "text_to_image" | "from_preset" | "from_reference";
            prompt?: string | undefined;
            presetId?: string | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
            persona?: components["schemas"]["Persona"] | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            reference?: components["schemas"]["Reference"] | undefined;
            mode?: ("reference" | "variation" | "style") | undefined;
            strength?: number | undefined;
            options?: components["schemas"]["GenerationOptions"] | undefined;
            projectDefaults?: boolean | undefined;
            projectId: string;
        } | {
            sourceType?: "text_to_image" | undefined;
        } | {
            sourceType?: "from_preset" | undefined;
        } | {
            sourceType?: "from_reference" | undefined;
            mode?: "reference" | undefined;
        } | {
            sourceType?: "from_reference" | undefined;
            mode: "style";
        } | {
            sourceType?: "from_reference" | undefined;
            mode: "variation";
            reference: {
                avatarId: string;
            };
        };
        CancelSignal: {
            reason?: string | undefined;
            type: "cancel";
        };
        PrioritySignal: {
            priority: number;
            type: "setPriority";
        };
        SignalGeneration: components["schemas"]["CancelSignal"] | components["schemas"]["PrioritySignal"];
        TrackUsage: {
            appId: string;
            appName: string;
            action: string;
            referenceId?: string | undefined;
            referenceType?: string | undefined;
            metadata?: {
                [key: string]: string | number | boolean | null;
            } | undefined;
        };
        Use: {
            id: string;
            avatarId: string;
            appId: string;
            appName: string;
            action: string;
            referenceId: string | null;
            referenceType: string | null;
            metadata: {
                [key: string]: unknown;
            };
            createdAt: string;
        };
        UseList: {
            data: components["schemas"]["Use"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        TrackedUsage: {
            use: components["schemas"]["Use"];
            usageCount: number;
            lastUsedAt: string;
        };
        UsageSummary: {
            from: string;
            to: string;
            uses: number;
            usesOfDeleted: number;
            apps: {
                appId: string;
                appName: string;
                uses: number;
            }[];
            credits: number;
            costUsd: number;
            made: number;
            failed: number;
            successRate: number | null;
        };
        UsageTrends: {
            from: string;
            to: string;
            bucket: "hour" | "day" | "week";
            data: {
                at: string;
                uses: number;
                credits: number;
                costUsd: number;
                made: number;
                failed: number;
            }[];
        };
        UsageCosts: {
            from: string;
            to: string;
            by: "project" | "app" | "provider" | "day";
            data: {
                key: string | null;
                name: string | null;
                credits: number;
                costUsd: number;
                made: number;
                uses: number | null;
            }[];
            rest: {
                credits: number;
                costUsd: number;
                made: number;
            };
            total: {
                credits: number;
                costUsd: number;
                made: number;
            };
        };
        PersonaSheet: {
            avatarId: string;
            name: string;
            persona: components["schemas"]["Persona"];
            attributes: components["schemas"]["VisualAttributes"];
            lines: string[];
            imageUrl: string | null;
            thumbnailUrl: string | null;
            cardUrl: string;
            credit: string | null;
            updatedAt: string;
        };
        Plugin: {
            id: string;
            name: string;
            description: string;
            version: string;
            credits: {
                prices: components["schemas"]["Prices"];
                starter: {
                    free: number;
                    plus: number;
                    pro: number;
                };
                topups: string;
            };
            access: {
                authentication: "bearer-jwt";
                tiers: ("free" | "plus" | "pro" | "service")[];
                roles: ("user" | "admin")[];
                scopes: {
                    scope: "avatars:read" | "usage:write" | "generations:write" | "generations:signal" | "credits:write";
                    allows: string;
                }[];
            };
            routes: {
                api: string;
                internal: string;
                openapi: string;
                docs: string;
                health: string;
                pages: {
                    path: string;
                    title: string;
                }[];
            };
            dashboardCard: {
                title: string;
                text: string;
                opens: string;
                figures: {
                    label: string;
                    read: string;
                    field: string;
                }[];
            };
        };
        Preset: {
            id: string;
            own: boolean;
            name: string;
            category: string;
            prompt: string;
            personaTemplate: components["schemas"]["Persona"];
            attributes: components["schemas"]["VisualAttributes"];
            previewImageUrl: string | null;
            usageCount: number;
        };
        PresetList: {
            data: components["schemas"]["Preset"][];
            meta: {
                nextCursor: string | null;
                hasMore: boolean;
                total: number;
            };
        };
        CreatePreset: {
            name: string;
            category?: string | undefined;
            prompt?: string | undefined;
            personaTemplate?: components["schemas"]["Persona"] | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            avatarId?: string | undefined;
        } | unknown | unknown;
        UpdatePreset: {
            name?: string | undefined;
            category?: string | undefined;
            prompt?: string | undefined;
            personaTemplate?: components["schemas"]["Persona"] | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
        };
        PromptPreview: {
            prompt: string;
            negativePrompt: string | null;
            parts: {
                from: "reference" | "name" | "words" | "trait" | "mood" | "style" | "framing" | "quality";
                text: string;
                reason: string;
            }[];
            price: number;
            seed: number | null;
            plan: {
                provider: "replicate" | "huggingface" | "fal" | "illustrator";
                model: string;
                costUsd: number;
                typicalSeconds: number;
            }[];
        };
        SuggestPrompts: {
            text?: string | undefined;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
        };
        PromptSuggestions: {
            suggestions: {
                prompt: string;
                from: "history" | "preset" | "lexicon";
                reason: string;
            }[];
        };
        EnhancePrompt: {
            prompt: string;
            attributes?: components["schemas"]["VisualAttributes"] | undefined;
            style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
        };
        EnhancedPrompt: {
            prompt: string;
            changes: {
                kind: "framing" | "light" | "medium" | "mood";
                added: string;
                reason: string;
            }[];
        };
        Stats: {
            from: string;
            to: string;
            generations: {
                completed: number;
                failed: number;
                cancelled: number;
                successRate: number | null;
                waitingMs: {
                    p50: number;
                    p95: number;
                } | null;
                generationMs: {
                    p50: number;
                    p95: number;
                } | null;
                totalMs: {
                    p50: number;
                    p95: number;
                } | null;
            };
            tiers: {
                tier: "free" | "plus" | "pro" | "service";
                completed: number;
                failed: number;
                cancelled: number;
                successRate: number | null;
                totalMs: {
                    p50: number;
                    p95: number;
                } | null;
            }[];
            errors: {
                code: "providers_unavailable" | "prompt_rejected" | "image_rejected" | "invalid_request" | "reference_gone" | "corrupt_image" | "storage_unavailable" | "deadline" | "interrupted" | "admission_unavailable" | "internal";
                count: number;
            }[];
            providers: {
                provider: "replicate" | "huggingface" | "fal" | "illustrator";
                succeeded: number;
                failed: number;
                cancelled: number;
                open: number;
                successRate: number | null;
                latencyMs: {
                    p50: number;
                    p95: number;
                } | null;
                costUsd: number;
                failures: {
                    kind: "rate_limited" | "moderated" | "invalid_input" | "auth" | "insufficient_funds" | "transient" | "timeout" | "cancelled" | "corrupt_output" | "out_of_service" | "circuit_open" | "model_circuit_open" | "over_budget";
                    count: number;
                }[];
            }[];
            queue: {
                waiting: {
                    priority: number;
                    count: number;
                }[];
                running: number;
                drainPerMinute: number;
            };
            storage: {
                objects: number;
                bytes: number;
            };
            cost: {
                credits: number;
                costUsd: number;
            };
            flags: {
                accountId: string;
                flag: "refused_prompts" | "unpaid_requests" | "burst" | "spent_at_once";
                count: number;
            }[];
        };
        Webhook: {
            id: string;
            url: string;
            events: ("generation.completed" | "generation.failed" | "generation.cancelled" | "avatar.needs_review" | "avatar.approved" | "avatar.rejected")[];
            enabled: boolean;
            disabledReason: ("by_owner" | "gone" | "unreachable") | null;
            oldSecretUntil: string | null;
            lastDeliveredAt: string | null;
            lastFailure: {
                at: string;
                what: string;
                tries: number;
            } | null;
            createdAt: string;
            updatedAt: string;
        };
        MyWebhook: components["schemas"]["Webhook"] | null;
        WebhookWithSecret: {
            id: string;
            url: string;
            events: ("generation.completed" | "generation.failed" | "generation.cancelled" | "avatar.needs_review" | "avatar.approved" | "avatar.rejected")[];
            enabled: boolean;
            disabledReason: ("by_owner" | "gone" | "unreachable") | null;
            oldSecretUntil: string | null;
            lastDeliveredAt: string | null;
            lastFailure: {
                at: string;
                what: string;
                tries: number;
            } | null;
            createdAt: string;
            updatedAt: string;
            secret: string;
        };
        CreateWebhook: {
            url: string;
            events: ("generation.completed" | "generation.failed" | "generation.cancelled" | "avatar.needs_review" | "avatar.approved" | "avatar.rejected")[];
        };
        UpdateWebhook: {
            url?: string | undefined;
            events?: ("generation.completed" | "generation.failed" | "generation.cancelled" | "avatar.needs_review" | "avatar.approved" | "avatar.rejected")[] | undefined;
            enabled?: boolean | undefined;
        };
        RotatedSecret: {
            secret: string;
            oldSecretUntil: string;
        };
        ReplicateCallback: {
            id: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: {
        IdempotencyKey: string;
        IfNoneMatch: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readSignInOptions: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
        };
    };
    signInDemoUser: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["DemoSignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DemoToken"];
                };
            };
        };
    };
    readProfile: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    eraseProfile: {
        parameters: {};
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    updateProfile: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProfile"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    exportProfile: {
        parameters: {};
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
        };
    };
    listProjects: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                };
            };
        };
    };
    createProject: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProject"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    readProject: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    deleteProject: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    updateProject: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProject"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    listAvatars: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                sourceType?: ("text_to_image" | "from_preset" | "from_reference" | "upload") | undefined;
                style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
                gender?: ("woman" | "man" | "nonbinary") | undefined;
                ageRange?: ("20s" | "30s" | "40s" | "50s" | "60+") | undefined;
                q?: string | undefined;
                trashed?: boolean | undefined;
                sort?: ("createdAt" | "lastUsedAt" | "usageCount" | "name") | undefined;
                direction?: ("asc" | "desc") | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvatarList"];
                };
            };
        };
    };
    listProjectAvatars: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                sourceType?: ("text_to_image" | "from_preset" | "from_reference" | "upload") | undefined;
                style?: ("photorealistic" | "anime" | "chibi" | "3d" | "clay" | "comic" | "vector" | "fantasy" | "sci-fi" | "cyberpunk" | "post-apocalyptic" | "classical" | "watercolor" | "pixel" | "noir") | undefined;
                gender?: ("woman" | "man" | "nonbinary") | undefined;
                ageRange?: ("20s" | "30s" | "40s" | "50s" | "60+") | undefined;
                q?: string | undefined;
                trashed?: boolean | undefined;
                sort?: ("createdAt" | "lastUsedAt" | "usageCount" | "name") | undefined;
                direction?: ("asc" | "desc") | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvatarList"];
                };
            };
        };
    };
    uploadAvatar: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    image: Blob;
                    name?: string | undefined;
                    persona?: components["schemas"]["Persona"] | undefined;
                    attributes?: components["schemas"]["VisualAttributes"] | undefined;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadedAvatar"];
                };
            };
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    changeAvatars: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkAvatars"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkResult"];
                };
            };
        };
    };
    downloadAvatars: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["DownloadAvatars"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
        };
    };
    readAvatar: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Avatar"];
                };
            };
        };
    };
    deleteAvatar: {
        parameters: {
            query?: {
                forever?: boolean | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    updateAvatar: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAvatar"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Avatar"];
                };
            };
        };
    };
    downloadImage: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": string;
                };
            };
        };
    };
    restoreAvatar: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RestoreAvatar"];
            };
        } | undefined;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Avatar"];
                };
            };
        };
    };
    readPersonaSheet: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonaSheet"];
                };
            };
        };
    };
    readPersonaCard: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": string;
                };
            };
        };
    };
    createUpload: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    image: Blob;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    listSimilar: {
        parameters: {
            query?: {
                limit?: number | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarAvatars"];
                };
            };
        };
    };
    listDuplicates: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DuplicateGroupList"];
                };
            };
        };
    };
    resolveDuplicates: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveDuplicates"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolvedDuplicates"];
                };
            };
        };
    };
    createGeneration: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGeneration"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    listGenerations: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                status?: ("requested" | "pending" | "processing" | "completed" | "failed" | "cancelled") | undefined;
                projectId?: string | undefined;
                unfinished?: boolean | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationList"];
                };
            };
        };
    };
    readGeneration: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationDetail"];
                };
            };
        };
    };
    readGenerationWorkflow: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkflowStatus"];
                };
            };
        };
    };
    cancelGeneration: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelGeneration"];
            };
        } | undefined;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    prioritizeGeneration: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PrioritizeGeneration"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    retryGeneration: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
        };
    };
    readQueue: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
        };
    };
    createBatch: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBatch"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
        };
    };
    readBatch: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
        };
    };
    cancelBatch: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelBatch"];
            };
        } | undefined;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
        };
    };
    previewPrompt: {
        parameters: {
            query?: {
                projectId?: string | undefined;
            } | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGeneration"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptPreview"];
                };
            };
        };
    };
    suggestPrompts: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuggestPrompts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptSuggestions"];
                };
            };
        };
    };
    enhancePrompt: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnhancePrompt"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnhancedPrompt"];
                };
            };
        };
    };
    watchGeneration: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        event: "snapshot";
                        id: string;
                        data: string;
                    } | {
                        event: "generation";
                        id: string;
                        data: string;
                    } | {
                        event: "queue";
                        id: string;
                        data: string;
                    } | {
                        event: "credits";
                        id: string;
                        data: string;
                    } | {
                        event: "notification";
                        id: string;
                        data: string;
                    };
                };
            };
        };
    };
    watchEverything: {
        parameters: {};
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": {
                        event: "snapshot";
                        id: string;
                        data: string;
                    } | {
                        event: "generation";
                        id: string;
                        data: string;
                    } | {
                        event: "queue";
                        id: string;
                        data: string;
                    } | {
                        event: "credits";
                        id: string;
                        data: string;
                    } | {
                        event: "notification";
                        id: string;
                        data: string;
                    };
                };
            };
        };
    };
    readCredits: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Credits"];
                };
            };
        };
    };
    listTransfers: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransferList"];
                };
            };
        };
    };
    createTopup: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTopup"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topup"];
                };
            };
        };
    };
    readPrices: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Prices"];
                };
            };
        };
    };
    listPresets: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                category?: string | undefined;
                q?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetList"];
                };
            };
        };
    };
    createPreset: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePreset"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preset"];
                };
            };
        };
    };
    readPreset: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preset"];
                };
            };
        };
    };
    deletePreset: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    updatePreset: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdatePreset"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preset"];
                };
            };
        };
    };
    listUsage: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UseList"];
                };
            };
        };
    };
    trackUsage: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackUsage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrackedUsage"];
                };
            };
        };
    };
    readUsageSummary: {
        parameters: {
            query?: {
                from?: string | undefined;
                to?: string | undefined;
                account?: ("mine" | "all") | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageSummary"];
                };
            };
        };
    };
    readUsageTrends: {
        parameters: {
            query?: {
                from?: string | undefined;
                to?: string | undefined;
                account?: ("mine" | "all") | undefined;
                bucket?: ("hour" | "day" | "week") | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageTrends"];
                };
            };
        };
    };
    readUsageCosts: {
        parameters: {
            query: {
                from?: string | undefined;
                to?: string | undefined;
                account?: ("mine" | "all") | undefined;
                by: "project" | "app" | "provider" | "day";
            };
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageCosts"];
                };
            };
        };
    };
    readStats: {
        parameters: {
            query?: {
                hours?: number | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                unread?: boolean | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationList"];
                };
            };
        };
    };
    markNotificationRead: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
                };
            };
        };
    };
    markAllNotificationsRead: {
        parameters: {};
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsRead"];
                };
            };
        };
    };
    listReviewQueue: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewQueue"];
                };
            };
        };
    };
    approveAvatar: {
        parameters: {
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovedAvatar"];
                };
            };
        };
    };
    rejectAvatar: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RejectAvatar"];
            };
        } | undefined;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RejectedAvatar"];
                };
            };
        };
    };
    readAdminAccount: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminAccount"];
                };
            };
        };
    };
    refundGeneration: {
        parameters: {
            path: {
                id: string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefundGeneration"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Refunded"];
                };
            };
        };
    };
    readSwitches: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Switches"];
                };
            };
        };
    };
    setNewGenerations: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetNewGenerations"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Switches"];
                };
            };
        };
    };
    setProvider: {
        parameters: {
            path: {
                name: "replicate" | "huggingface" | "fal" | "illustrator";
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetProvider"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Switches"];
                };
            };
        };
    };
    cancelGenerations: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelGenerations"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledGenerations"];
                };
            };
        };
    };
    triggerReconcile: {
        parameters: {};
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconcileTriggered"];
                };
            };
        };
    };
    diagnoseGeneration: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
            path: {
                id: string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                limit?: number | undefined;
                cursor?: string | undefined;
                actorId?: string | undefined;
                act?: ("account.read" | "account.refund" | "new_generations.set" | "provider.set" | "generations.cancel" | "generation.diagnose" | "reconcile.trigger" | "moderation.read" | "moderation.approve" | "moderation.reject") | undefined;
                target?: string | undefined;
            } | undefined;
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditList"];
                };
            };
        };
    };
    readWebhook: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyWebhook"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            header?: {
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"] | undefined;
            } | undefined;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {};
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    updateWebhook: {
        parameters: {};
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhook"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {};
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RotatedSecret"];
                };
            };
        };
    };
    receiveReplicate: {
        parameters: {
            header: {
                "webhook-id": string;
                "webhook-timestamp": number;
                "webhook-signature": string;
            };
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplicateCallback"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
            };
        };
    };
    readPlugin: {
        parameters: {
            header?: {
                "If-None-Match"?: components["parameters"]["IfNoneMatch"] | undefined;
            } | undefined;
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plugin"];
                };
            };
        };
    };
}
